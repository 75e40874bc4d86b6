/** How often somebody may do what costs others something: sign-ins, accounts, polls, votes. */
import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Config } from '../../config/load.ts'
import { TooManyPasswords, TooManyRequests, TooManyVotes } from '../../errors.ts'
import { type Counter, createRecent, type Limit } from './counters.ts'

/**
 * Whom an address stands for: itself, or for IPv6 its network, because everybody has 2^64 of those. An IPv4 address
 * may be written as an IPv6 one.
 */
export function networkOf(address: string | undefined): string {
  if (!address?.includes(':')) return address ?? '' // who has hung up already has none
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.replace(/%.*/, '').split('::')
  const groups = (text: string) => text.split(':').filter(Boolean)
  const [first, last] = [groups(head), groups(tail ?? '')]
  const missing = tail === undefined ? 0 : 8 - first.length - last.length
  const all = [...first, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...last]
  return all
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}

export type Limits = ReturnType<typeof createLimits>

/** `secret` keys what is counted, so that no address, account or user can be read from a key. */
export function createLimits(counter: Counter, secret: string, settings: Config['limits']) {
  /** Another one each day: yesterday's keys cannot be matched with today's. */
  function nameless(kind: string, value: string | number) {
    const day = new Date().toISOString().slice(0, 10)
    const hash = createHmac('sha256', secret).update(`${kind} ${day} ${value}`).digest('base64url')
    return `limit:${kind}:${hash.slice(0, 22)}`
  }

  async function take(kind: keyof typeof settings, value: string | number) {
    const left = await counter.take(nameless(kind, value), settings[kind])
    if (left > 0) throw new TooManyRequests(left)
  }

  // The hot path: a look into a map. Only who casts many votes from one address makes the replicas compare.
  const votes = createRecent<{ own: number; shared: number; until: number }>()
  const { most, seconds } = settings.votes
  /** So many votes at a time are added to what the other replicas counted. */
  const share = Math.max(1, Math.floor(most / 10))

  async function compare(key: string, entry: { own: number; until: number }) {
    const left = await counter.take(nameless('votes', key), settings.votes, share)
    if (left > 0) Object.assign(entry, { own: Infinity, until: Date.now() + left })
  }

  return {
    /**
     * Answers what `check` found; undefined is a wrong password, and those alone count. Nobody is locked out for long:
     * the count ends with its time, and who is refused does not prolong it. No address: of somebody who is signed in. Throws TooManyPasswords, and what `check`
     * throws.
     */
    async password<T>(account: string, address: string | null, check: () => Promise<T | undefined>) {
      const counts: Array<[string, Limit]> = [[nameless('wrongPasswords', account), settings.wrongPasswords]]
      if (address !== null)
        counts.push([
          nameless('wrongPasswordsOfAddress', networkOf(address)),
          settings.wrongPasswordsOfAddress
        ])
      // Counted before and given back after: a hundred guesses at the same time are a hundred.
      const lefts = await Promise.all(counts.map(count => counter.take(...count)))
      const taken = counts.filter((_, index) => lefts[index] === 0)
      let isWrong = false
      try {
        const left = Math.max(...lefts)
        if (left > 0) throw new TooManyPasswords(left)
        const found = await check()
        isWrong = found === undefined
        return found
      } finally {
        if (!isWrong) await Promise.all(taken.map(([key, limit]) => counter.take(key, limit, -1)))
      }
    },

    /** An account is about to be made from this address. Throws TooManyRequests. */
    registration: (address: string) => take('registrations', networkOf(address)),

    /** This user is about to make a poll. Throws TooManyRequests. */
    creation: (user: number) => take('polls', user),

    /**
     * A vote in this question comes from this address. Exact in one process; each further replica may let a tenth
     * more pass. Throws TooManyVotes.
     */
    vote(question: number, address: string) {
      const key = `${question} ${networkOf(address)}`
      const now = Date.now()
      let entry = votes.get(key)
      if (!entry || entry.until <= now)
        entry = votes.set(key, { own: 0, shared: 0, until: now + seconds * 1000 })
      if (entry.own >= most) throw new TooManyVotes(entry.until - now)
      if (++entry.own - entry.shared < share) return
      entry.shared = entry.own
      void compare(key, entry)
    }
  }
}
