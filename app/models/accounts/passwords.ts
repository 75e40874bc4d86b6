/** Password hashes: argon2id, a few at a time. */
import { hash, verify } from '@node-rs/argon2'
import { Busy, InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { isMadeOf } from '../../values/own-words.ts'

// OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane. `2` is Algorithm.Argon2id, a const enum.
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Runs at most `slots` at a time, lets `waiting` more wait, and throws Busy for the rest. */
function limit(slots: number, waiting: number) {
  let running = 0
  const queue: Array<() => void> = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < slots) running++
    else if (queue.length >= waiting) throw new Busy()
    else await new Promise<void>(resolve => queue.push(resolve)) // the slot is handed over
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }
}

/** What a hash made with these parameters begins with. */
const current = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`

/** A hash that no password has: 16 bytes of salt and 32 of hash, all zero. Comparing with it takes as long as with a real one. */
const nobody = `${current}${'A'.repeat(22)}$${'A'.repeat(43)}`

/** What everybody may know of whoever chooses a password. */
export interface Owner {
  name: string
  email: string
  phone: string | null
}

export type Passwords = ReturnType<typeof createPasswords>

/** `publicUrl`: where the site is, if that is known: its name is no password either. */
export function createPasswords(publicUrl: string | null = null) {
  const site = ['vote', publicUrl ? new URL(publicUrl).hostname : '']
  // Hashing takes about 20 ms of CPU in libuv's four threads, so sign-ins must not be able to take all of them.
  const turn = limit(2, 100) // whoever comes last waits about a second
  /** A PHC string. Throws Busy. */
  const hashed = (password: string) => turn(() => hash(password, parameters))

  return {
    hash: hashed,
    /** The hash of a password that its owner chooses. Throws InvalidInput, Busy. */
    async choose(password: string, { name, email, phone }: Owner) {
      if (isMadeOf([...site, name, email, phone ?? ''], password)) {
        throw new InvalidInput({ password: messageKey('ownWords') })
      }
      return hashed(password)
    },
    /** Whether it is the password; without a hash it takes as long and is false. Throws Busy. */
    async verify(password: string, stored: string | undefined) {
      const good = await turn(() => verify(stored || nobody, password))
      return good && Boolean(stored)
    },
    /** Whether it was made with other parameters than are used now. */
    isOld: (stored: string) => !stored.startsWith(current)
  }
}
