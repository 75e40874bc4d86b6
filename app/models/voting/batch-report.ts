/** Reports what became of a batch, for metrics. */
import type { Decision } from './rules.ts'

/** A batch after its last attempt. */
export interface SettledBatch {
  /** Operations in it, also those that were refused; 0 if every attempt failed. */
  operations: number
  /** Ballots that were stored. */
  counted: number
  attempts: number
  /** From the begin of the first attempt to the end of the last. */
  milliseconds: number
}

export type OnSettled = (batch: SettledBatch) => void

const isCounted = ({ changes }: Decision) => changes.some(({ type }) => type === 'insert')

/**
 * Calls `settle` with an attempt that is counted, and reports its result. Returns and throws what
 * `settle` does.
 */
export async function reported<T extends Decision>(
  onSettled: OnSettled,
  attempt: () => Promise<T[]>,
  settle: (attempt: () => Promise<T[]>) => Promise<T[]>
): Promise<T[]> {
  const startMs = performance.now()
  let attempts = 0
  let decisions: T[] = []
  try {
    decisions = await settle(() => {
      attempts++
      return attempt()
    })
    return decisions
  } finally {
    const counted = decisions.filter(isCounted).length
    onSettled({ operations: decisions.length, counted, attempts, milliseconds: performance.now() - startMs })
  }
}
