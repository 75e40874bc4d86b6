/** Requests that are sent twice: by a double click, by Back, or by a proxy. */
import { addMs } from '../values/time.ts'

/** An equal request after it is a new one. */
const REPEAT_MS = 60_000

/**
 * Returns the time since which a request that asks for the same is a repeat. Both times are in the
 * database's form.
 */
export const repeatedSince = (now: string): string => addMs(now, -REPEAT_MS)
