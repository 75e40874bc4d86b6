/** Random text. */
import { randomBytes } from 'node:crypto'

const BYTES = 16
const TEXTS_PER_DRAW = 256

let pool = Buffer.alloc(0)

/**
 * Returns 128 random bits as 22 characters for addresses and cookies. Many are drawn at a time,
 * because each draw is a system call of 5 µs: a tenth of a guest's page. The pool belongs to the
 * process, as the generator behind it does.
 */
export function randomText(): string {
  if (pool.length === 0) pool = randomBytes(BYTES * TEXTS_PER_DRAW)
  const text = pool.toString('base64url', 0, BYTES)
  pool = pool.subarray(BYTES)
  return text
}
