/** Codes of a second factor: by time (RFC 6238: SHA-1, 6 digits, 30 seconds), and for recovery. */
import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { plainCode } from './digits.ts'

/** RFC 4226, 4: at least 128 bits, 160 recommended. */
const SECRET_BYTES = 20
/**
 * Codes of the step before and after the current one are accepted: clocks differ, and typing takes
 * time.
 */
const WINDOW = 1

const RECOVERY_CODES = 10
/** 16 of 32 letters: 80 random bits. The letters i, l, o and u are left out. */
const RECOVERY_LENGTH = 16
const RECOVERY_LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** Draws a secret, in base32 as apps take it. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

const totpOf = (secret: string, issuer = '', label = '') =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret) })

/** Returns the address that an app reads from a QR code. */
export const totpAddress = (secret: string, issuer: string, label: string): string =>
  totpOf(secret, issuer.replaceAll(':', ' '), label).toString()

/**
 * Returns the step of the code, in units of 30 seconds since 1970. Undefined: it is wrong at this
 * time.
 */
export function totpStep(secret: string, code: string, now: number): number | undefined {
  const totp = totpOf(secret)
  const delta = totp.validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? undefined : totp.counter({ timestamp: now }) + delta
}

/** Draws recovery codes, in groups of four. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from(
      { length: RECOVERY_LENGTH },
      () => RECOVERY_LETTERS[randomInt(RECOVERY_LETTERS.length)]
    )
    return letters.join('').replaceAll(/(....)(?=.)/g, '$1-')
  })

/**
 * Returns a code as it is compared: without what people put between its characters, and a list
 * around it.
 */
export const bareCode = (code: string): string => plainCode(code).replaceAll(/[^\p{L}\p{N}]/gu, '')
