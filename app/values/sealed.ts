/** Encrypts what is stored elsewhere or sent in forms, with keys that are derived from secrets. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** A text that was opened. `isOutdated`: it was sealed with a former secret. */
interface Opened {
  text: string
  isOutdated: boolean
}

/**
 * Seals with the first of these secrets and opens what any of them sealed. `purpose` separates the
 * keys.
 */
export class Sealer {
  readonly #keys: Buffer[]

  constructor(secrets: readonly string[], purpose: string) {
    this.#keys = secrets.map(secret => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)))
  }

  /** Returns the text encrypted and authenticated. It opens for the same owner only. */
  seal(text: string, owner: string): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv(ALGORITHM, this.#keys[0]!, iv).setAAD(Buffer.from(owner))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  /** Undefined: it is no text that these secrets sealed for this owner. */
  open(sealed: string, owner: string): Opened | undefined {
    const bytes = Buffer.from(sealed, 'base64url')
    if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined
    for (const [index, key] of this.#keys.entries()) {
      const text = this.#decrypt(bytes, key, owner)
      if (text !== undefined) return { text, isOutdated: index > 0 }
    }
    return undefined
  }

  #decrypt(bytes: Buffer, key: Buffer, owner: string): string | undefined {
    const iv = bytes.subarray(0, IV_BYTES)
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    try {
      const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES))
      return Buffer.concat([text, decipher.final()]).toString()
    } catch {
      return undefined
    }
  }
}
