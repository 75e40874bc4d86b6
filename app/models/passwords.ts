/** Password hashes: argon2id, a few at a time. */
import { hash, verify } from '@node-rs/argon2'
import { Busy } from '../errors.ts'

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

export type Passwords = ReturnType<typeof createPasswords>

/** Hashing takes about 20 ms of CPU in libuv's four threads, so sign-ins must not be able to take all of them. */
export function createPasswords() {
  const turn = limit(2, 100) // whoever comes last waits about a second
  return {
    /** A PHC string. Throws Busy. */
    hash: (password: string) => turn(() => hash(password, parameters)),
    /** Whether it is the password; without a hash it takes as long and is false. Throws Busy. */
    async verify(password: string, stored: string | undefined) {
      const good = await turn(() => verify(stored || nobody, password))
      return good && Boolean(stored)
    },
    /** Whether it was made with other parameters than are used now. */
    isOld: (stored: string) => !stored.startsWith(current)
  }
}
