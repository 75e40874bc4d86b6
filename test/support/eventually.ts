/** Assertions about asynchronous effects, which are repeated until they hold. */
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_INTERVAL_MS = 25
/** Longer than a busy machine needs. A passing test does not wait for it. */
const TIMEOUT_MS = 60_000

/**
 * Repeats `check` until it throws nothing, and returns its result. After a minute throws its last
 * error.
 */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  const deadline = performance.now() + TIMEOUT_MS
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (performance.now() > deadline) throw error
    }
    await delay(POLL_INTERVAL_MS)
  }
}

/** Reads until the value is deeply equal to `wanted`. */
export const eventuallyEqual = <T>(read: () => T | Promise<T>, wanted: T, message?: string): Promise<void> =>
  eventually(async () => assert.deepEqual(await read(), wanted, message))

/** Reads until the text matches. */
export const eventuallyMatch = (
  read: () => string | Promise<string>,
  pattern: RegExp,
  message?: string
): Promise<void> => eventually(async () => assert.match(await read(), pattern, message))

/** Reads until the condition is true. */
export const eventuallyTrue = (read: () => boolean | Promise<boolean>, message: string): Promise<void> =>
  eventually(async () => assert.ok(await read(), message))
