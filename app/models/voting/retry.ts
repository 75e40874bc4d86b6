/**
 * Retries transactions after transient failures, and maps the last failure to the voter's error.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { CommitUnknown, ConnectionLost, DatabaseBusy, Deadlock, isUnavailable } from '../../db/errors.ts'
import { VoteNotConfirmed, VoteNotStored } from '../../errors.ts'

const MAX_ATTEMPTS = 4
/**
 * Every operation is answered within this time, except while a COMMIT is pending: two seconds with
 * all that is around it. Answering hundreds of failures at once takes up to a quarter of a second.
 */
export const ANSWER_WITHIN_MS = 1_500
/** No attempt begins later than this after the first. */
const RETRY_FOR_MS = 600
/** Bounds the random delay before the next attempt. Grows with each attempt. */
const RETRY_DELAY_MS = 10

const isTransient = (error: unknown) =>
  [Deadlock, ConnectionLost, CommitUnknown, DatabaseBusy].some(kind => error instanceof kind)

/**
 * Calls `attempt` until it succeeds or time is over; `deadlineMs` is a time of performance.now().
 * Repeating is safe because every operation carries a receipt. Throws VoteNotConfirmed if the
 * answer to a COMMIT was lost, VoteNotStored after other transient failures, and any other error as
 * it is.
 */
export async function retry<T>(attempt: () => Promise<T>, deadlineMs: number): Promise<T> {
  const lastStartMs = Math.min(deadlineMs, performance.now() + RETRY_FOR_MS)
  let isUnconfirmed = false
  for (let n = 1; ; n++) {
    try {
      return await attempt()
    } catch (cause) {
      isUnconfirmed ||= cause instanceof CommitUnknown
      if (isTransient(cause) && n < MAX_ATTEMPTS && performance.now() < lastStartMs) {
        await delay(n * RETRY_DELAY_MS * Math.random())
        continue
      }
      if (isUnconfirmed) throw new VoteNotConfirmed({ cause })
      throw isTransient(cause) ? new VoteNotStored({ cause }) : cause
    }
  }
}

/**
 * Tells whether a single operation of the batch must have caused this error: then the others can
 * still be settled.
 */
export function isFaultOfOne(error: unknown): boolean {
  const cause = error instanceof VoteNotConfirmed || error instanceof VoteNotStored ? error.cause : error
  return !(cause instanceof Deadlock) && !isUnavailable(cause)
}
