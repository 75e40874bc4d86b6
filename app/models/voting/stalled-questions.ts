/** Questions whose lock a batch has waited for in vain. Others must not wait with them. */

/** A question that is not voted in any more is forgotten after this time. */
const FORGOTTEN_AFTER_MS = 10_000

export class StalledQuestions {
  readonly #forgetAt = new Map<number, number>()

  /** Whether no question is stalled. */
  get isEmpty(): boolean {
    if (this.#forgetAt.size === 0) return true
    const nowMs = performance.now()
    for (const [question, ms] of this.#forgetAt) if (ms < nowMs) this.#forgetAt.delete(question)
    return this.#forgetAt.size === 0
  }

  has(question: number): boolean {
    return this.#forgetAt.has(question)
  }

  add(question: number) {
    this.#forgetAt.set(question, performance.now() + FORGOTTEN_AFTER_MS)
  }

  delete(question: number) {
    this.#forgetAt.delete(question)
  }
}
