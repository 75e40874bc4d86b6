/** Cache of questions: one read serves all requests within a short time. */
import type { QuestionRef } from '../schemas/questions.ts'

/**
 * Each entry has up to 50 choices. When the cache is full it is emptied: entries live for seconds
 * only.
 */
const MAX_ENTRIES = 2_000

type Load<T> = (ref: QuestionRef) => Promise<T | undefined>

interface Entry<T> {
  question: Promise<T | undefined>
  /** Set once the read has finished. */
  settled?: T
  expiresAt: number
}

/** Caches what `load` reads by slug or number, but neither missing questions nor failures. */
export class QuestionCache<T extends { id: number }> {
  readonly #lifetimeMs: number
  readonly #load: Load<T>
  readonly #entries = new Map<QuestionRef, Entry<T>>()
  /** The references under which each question is cached. */
  readonly #refsById = new Map<number, Set<QuestionRef>>()
  /** The reads in flight, also such as were replaced by a later one. */
  readonly #reading = new Map<Entry<T>, QuestionRef>()

  constructor(lifetimeMs: number, load: Load<T>) {
    this.#lifetimeMs = lifetimeMs
    this.#load = load
  }

  /** Gets a question that was read within the lifetime, and after any `forget` of it. */
  get(ref: QuestionRef): Promise<T | undefined> {
    return this.#current(ref)?.question ?? this.getFresh(ref)
  }

  /** Returns the cached question synchronously. Undefined if `get` would read it. */
  getCached(ref: QuestionRef): T | undefined {
    return this.#current(ref)?.settled
  }

  /** Reads the question now and caches it. `from` replaces `load`. */
  getFresh(ref: QuestionRef, from = this.#load): Promise<T | undefined> {
    if (this.#entries.size >= MAX_ENTRIES && !this.#entries.has(ref)) this.clear()
    const entry: Entry<T> = { question: from(ref), expiresAt: performance.now() + this.#lifetimeMs }
    this.#entries.set(ref, entry)
    this.#reading.set(entry, ref)
    void this.#settle(ref, entry)
    return entry.question
  }

  /** Drops a changed question: the next `get` reads it, and reads in flight are not cached. */
  forget(id: number): void {
    for (const ref of this.#refsById.get(id) ?? []) this.#entries.delete(ref)
    this.#refsById.delete(id)
    for (const [entry, ref] of this.#reading) if (this.#entries.get(ref) === entry) this.#entries.delete(ref)
  }

  clear(): void {
    this.#entries.clear()
    this.#refsById.clear()
  }

  #current(ref: QuestionRef): Entry<T> | undefined {
    const entry = this.#entries.get(ref)
    return entry && performance.now() < entry.expiresAt ? entry : undefined
  }

  async #settle(ref: QuestionRef, entry: Entry<T>): Promise<void> {
    let question: T | undefined
    try {
      question = await entry.question
    } catch {
      // the caller of `get` has the error
    }
    this.#reading.delete(entry)
    if (this.#entries.get(ref) !== entry) return // forgotten, or read again
    if (question) this.#keep(ref, entry, question)
    else this.#entries.delete(ref)
  }

  #keep(ref: QuestionRef, entry: Entry<T>, question: T): void {
    entry.settled = question
    const refs = this.#refsById.get(question.id)
    if (refs) refs.add(ref)
    else this.#refsById.set(question.id, new Set([ref]))
  }
}
