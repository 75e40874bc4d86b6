/** Password hashes: argon2id with limited concurrency. */
import { hash, verify } from '@node-rs/argon2'
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { isMadeOf } from '../../values/own-words.ts'
import { WorkQueue } from '../limits/work-queue.ts'

// OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane. `2` is
// Algorithm.Argon2id, a const enum.
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/**
 * A hash takes about 20 ms of CPU in libuv's four threads: sign-ins must not occupy all of them.
 */
const MAX_CONCURRENT = 2
/** With a full queue the last request waits about a second. Further ones get Busy. */
const MAX_WAITING = 100

/** Prefix of a hash with the current parameters. */
const CURRENT_PREFIX = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`

/**
 * A hash that no password has: 16 bytes of salt and 32 of hash, all zero. It takes as long to
 * verify as a real one, so that the response time does not reveal whether an account exists.
 */
export const NO_PASSWORD = `${CURRENT_PREFIX}${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Tells whether a password can match this hash: an account of a provider has NO_PASSWORD. */
export const hasPassword = (stored: string): boolean =>
  stored !== '' && !stored.endsWith(`$${'A'.repeat(43)}`)

/**
 * Returns the one form of a password (NIST SP 800-63B): keyboards write a letter with its accent as
 * one character or as two.
 */
const normalForm = (password: string) => password.normalize('NFC')

/** The user who chooses a password. */
export interface Owner {
  name: string
  email: string
  phone: string | null
}

export class Passwords {
  readonly #siteWords: string[]
  readonly #queue = new WorkQueue(MAX_CONCURRENT, MAX_WAITING)

  /** The host name of `publicUrl` is refused as a password, too. */
  constructor(publicUrl: string | null = null) {
    this.#siteWords = publicUrl ? ['vote', new URL(publicUrl).hostname] : ['vote']
  }

  /** Returns a PHC string. Throws Busy. */
  hash(password: string): Promise<string> {
    return this.#queue.run(() => hash(normalForm(password), PARAMETERS))
  }

  /**
   * Hashes a password that its owner chooses. Throws InvalidInput if it consists of the owner's own
   * words; Busy.
   */
  async choose(password: string, { name, email, phone }: Owner): Promise<string> {
    if (isMadeOf([...this.#siteWords, name, email, phone ?? ''], password)) {
      throw new InvalidInput({ password: messageKey('ownWords') })
    }
    return this.hash(password)
  }

  /**
   * Verifies a password. Without a stored hash it returns false after the same time. Also accepts a
   * hash of the text as it was typed, which older versions stored. Throws Busy.
   */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    const forms = new Set([normalForm(password), password]) // usually one
    const matches = await this.#queue.run(async () => {
      for (const form of forms) if (await verify(stored || NO_PASSWORD, form)) return true
      return false
    })
    return matches && hasPassword(stored ?? '')
  }

  /** Returns whether the hash was made with other parameters than the current ones. */
  isOutdated(stored: string): boolean {
    return !stored.startsWith(CURRENT_PREFIX)
  }
}
