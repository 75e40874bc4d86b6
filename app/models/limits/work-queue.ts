/** Work that runs a few at a time, and of which only so much may wait. */
import fastq from 'fastq'
import { Busy } from '../../errors.ts'

export class WorkQueue {
  readonly #queue
  readonly #maxWaiting: number

  constructor(maxConcurrent: number, maxWaiting: number) {
    this.#queue = fastq.promise((work: () => Promise<unknown>) => work(), maxConcurrent)
    this.#maxWaiting = maxWaiting
  }

  /**
   * Runs the work when there is a place for it. Throws Busy if too much waits, and the errors of
   * the work.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#queue.length() >= this.#maxWaiting) throw new Busy()
    return this.#queue.push(work) as Promise<T> // fastq types all results of a queue alike
  }
}
