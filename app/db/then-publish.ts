/** Publishes what a transaction has changed. */
import { CommitUnknown } from './errors.ts'

/**
 * Waits for a transaction and calls `publish` if `isChange` is true of its result, by default
 * unless it is false, or if COMMIT was not confirmed: it may be committed, and a repeat would find
 * it unchanged. Returns and throws what the transaction does.
 */
export async function thenPublish<T>(
  transaction: Promise<T>,
  publish: () => void,
  isChange: (result: T) => boolean = result => result !== false
): Promise<T> {
  try {
    const result = await transaction
    if (isChange(result)) publish()
    return result
  } catch (error) {
    if (error instanceof CommitUnknown) publish()
    throw error
  }
}
