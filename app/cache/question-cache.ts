/** Cache of questions: one read serves all requests within a short time. */
import type { QuestionRef } from '../schemas/questions.ts'

/**
 * Each entry has up to 50 choices. When the cache is full it is emptied: entries live for seconds
 * only.
 */
const MAX_ENTRIES = 2_000

interface Entry<T> {
  question: Promise<T | undefined>
  /** Set once the read has finished. */
  settled?: T
  expires: number
}

/**
 * Returns a cache in front of `load`, which reads one question by its slug or number. `lifetime`:
 * milliseconds. Missing questions and failures are not cached.
 */
export function createQuestionCache<T extends { id: number }>(
  lifetime: number,
  load: (ref: QuestionRef) => Promise<T | undefined>
) {
  const entries = new Map<QuestionRef, Entry<T>>()
  /** The references under which each question is cached. */
  const refs = new Map<number, Set<QuestionRef>>()
  const unread = new Set<QuestionRef>()

  function clear() {
    entries.clear()
    refs.clear()
    unread.clear()
  }

  async function settle(ref: QuestionRef, entry: Entry<T>) {
    try {
      const question = await entry.question
      if (!question) throw new Error('nothing to keep')
      entry.settled = question
      const known = refs.get(question.id)
      if (known) known.add(ref)
      else refs.set(question.id, new Set([ref]))
    } catch {
      if (entries.get(ref) === entry) entries.delete(ref)
    }
    unread.delete(ref)
  }

  function read(ref: QuestionRef, from = load): Promise<T | undefined> {
    if (entries.size >= MAX_ENTRIES && !entries.has(ref)) clear()
    const entry: Entry<T> = { question: from(ref), expires: performance.now() + lifetime }
    entries.set(ref, entry)
    unread.add(ref)
    void settle(ref, entry)
    return entry.question
  }

  return {
    /** Gets a question that was read within the lifetime, and after any `forget` of it. */
    get(ref: QuestionRef): Promise<T | undefined> {
      const entry = entries.get(ref)
      return entry && performance.now() < entry.expires ? entry.question : read(ref)
    },
    /** Returns the cached question synchronously. Undefined if `get` would read it. */
    peek(ref: QuestionRef): T | undefined {
      const entry = entries.get(ref)
      return entry && performance.now() < entry.expires ? entry.settled : undefined
    },
    /** Reads the question now and caches it. `from` replaces `load`. */
    read,
    /** Drops a changed question: the next `get` reads it, and reads in flight are not cached. */
    forget(id: number) {
      for (const ref of refs.get(id) ?? []) entries.delete(ref)
      for (const ref of unread) entries.delete(ref)
    },
    clear
  }
}
