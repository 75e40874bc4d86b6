/** A process with many voters who vote at random, and a trivial model of the expected ballots. */
import assert from 'node:assert/strict'
import type { Config } from '../../app/config/load.ts'
import { openDatabase } from '../../app/db/open.ts'
import { BallotBox } from '../../app/models/voting/ballot-box.ts'
import { type Kind, valueRange } from '../../app/values/kinds.ts'
import { faulty, seeded } from './faulty.ts'

export interface Poll {
  id: number
  kind: Kind
  choices: number[]
  most: number
  isFinal?: boolean
  closes?: boolean
  isAnonymous?: boolean
}

export interface Job {
  database: Config['database']
  seed: number
  /**
   * Names of voters with an account and a browser. Only those of `shared` vote in other processes
   * too.
   */
  voters: string[]
  shared: string[]
  questions: Poll[]
  turns: number
  share: number
}

/**
 * Maps `question name` to the possible stored states, each `account's choices/browser's choices`.
 * There is more than one if an answer was "not confirmed".
 */
export type Model = Record<string, string[]>

/** A vote of the account or of the browser. `wanted` undefined: only adopts. */
interface Act {
  isBrowser: boolean
  wanted: string | undefined
}

/** Returns the state after an act in an open poll, and the expected answer. */
function follow(state: string, { isBrowser, wanted }: Act, { isFinal = false, isAnonymous }: Poll) {
  const [account = '', browser = ''] = state.split('/')
  // A browser's ballot keeps its key, and is the account's as long as that has none.
  if (isAnonymous && !isBrowser && (account || !browser)) {
    const next = wanted ?? account
    return { state: `${next}/${browser}`, answer: next }
  }
  if (isAnonymous && !isBrowser) isBrowser = true
  const standing = isBrowser ? browser : account || browser
  const isRefused = isFinal && standing !== '' && wanted !== undefined && wanted !== standing
  const next = isRefused || wanted === undefined ? standing : wanted
  return { state: isBrowser ? `${account}/${next}` : `${next}/`, answer: isRefused ? 20014 : next }
}

/** Answers after which nothing has changed. */
const nothing = new Set([20005, 20012, 20016, 20030])

/** The points of a ballot of `dots`. */
export const BUDGET = 4

interface Marks {
  choices: number[]
  values?: number[]
}

/** A ballot as the model compares it. */
const say = ({ choices, values }: Marks) =>
  choices.map((id, n) => (values ? `${id}=${values[n]}` : id)).join()

/** Draws a ballot of the poll's kind; one of `multiple` may have a choice too many. */
function draw({ kind, choices, most }: Poll, random: () => number): Marks {
  const some = choices.filter(() => random() < 0.5).slice(0, most)
  switch (kind) {
    case 'single':
    case 'multiple':
      return { choices: choices.filter(() => random() < 0.5).slice(0, most + (random() < 0.1 ? 1 : 0)) }
    case 'ranked':
      return { choices: some.toSorted(() => random() - 0.5) }
    case 'dots':
      return { choices: some.slice(0, 2), values: some.slice(0, 2).map(() => 1 + Math.floor(random() * 2)) }
    default: {
      const [least, highest] = valueRange({ kind, budget: null })
      const named = kind === 'answers' ? choices : some
      return { choices: named, values: named.map(() => least + Math.floor(random() * (highest - least + 1))) }
    }
  }
}

/** Runs the job and returns the model of its voters. Throws if an answer contradicts the model. */
export async function vote({ database, seed, voters, shared, questions, turns, share }: Job): Promise<Model> {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
  const db = openDatabase(database)
  const isServer = database.engine === 'mysql'
  const ballots = new BallotBox(
    faulty(db, random, share, isServer),
    { batchLimit: 500, transactions: 1 },
    () => {}
  )
  const model: Model = {}

  async function turn(name: string, isModelled: boolean) {
    const poll = pick(questions)
    const { id: question, closes = false, isAnonymous = false } = poll
    const isBrowser = random() < 0.4
    const prefix = isAnonymous ? 'a:' : ''
    const privacy = isAnonymous ? ('anonymous' as const) : ('hidden' as const)
    const voter = `${prefix}${isBrowser ? 'b' : 'u'}:${name}`
    const adopts = isBrowser ? null : `${prefix}b:${name}`
    const onlyAdopts = !isBrowser && random() < 0.1
    const wanted = random() < 0.2 ? { choices: [] } : draw(poll, random)
    const act = { isBrowser, wanted: onlyAdopts ? undefined : say(wanted) }
    const asked = onlyAdopts
      ? ballots.adopt({ question, voter, adopts })
      : wanted.choices.length > 0
        ? ballots.cast({ question, voter, adopts, privacy, ...wanted })
        : ballots.withdraw({ question, voter, adopts })
    const answer = await asked.then(
      ({ choice, value }) => say({ choices: choice, ...(value && { values: value }) }),
      (error: { code?: string }) => Number(error.code)
    )
    if (!isModelled) return
    const key = `${question} ${name}`
    const before = model[key] ?? ['/']
    const after = before.flatMap(state => {
      const opened = follow(state, act, poll)
      if (answer === 20017) return [state, opened.state]
      if (nothing.has(answer as number)) return [state]
      // In a closed poll, a repeat of the stored vote is confirmed.
      const [account = '', browser = ''] = state.split('/')
      const stays = closes && (isBrowser ? browser : isAnonymous ? account || browser : account) === answer
      return [...(opened.answer === answer ? [opened.state] : []), ...(stays ? [state] : [])]
    })
    assert.notEqual(after.length, 0, `${key}: ${JSON.stringify(act)} on ${before.join(' or ')}: ${answer}`)
    model[key] = [...new Set(after)]
  }

  const own = voters.map(async voter => {
    for (let n = 0; n < turns; n++) await turn(voter, true)
  })
  const others = shared.map(async voter => {
    for (let n = 0; n < turns; n++) await turn(voter, false)
  })
  await Promise.all([...own, ...others])
  await db.close()
  return model
}

if (process.send) {
  process.once('message', (job: Job) => {
    vote(job).then(
      model => process.send!({ model }),
      (error: Error) => process.send!({ error: error.stack })
    )
  })
}
