/** What is known of questions, read once for everybody who asks within a short time. */
import type { QuestionRef } from '../schemas/questions.ts'

/** Entries, each with up to 50 options: what is older than its lifetime is not worth keeping. */
const most = 2_000

interface Entry<T> {
  question: Promise<T | undefined>
  /** Once it is read. */
  settled?: T
  expires: number
}

/**
 * A cache in front of `load`, which reads one question by its slug or number. `lifetime`: milliseconds. What is not
 * there, or fails, is not kept.
 */
export function createQuestionCache<T extends { id: number }>(
  lifetime: number,
  load: (ref: QuestionRef) => Promise<T | undefined>
) {
  const entries = new Map<QuestionRef, Entry<T>>()
  /** The addresses under which a question stands here. */
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
    if (entries.size >= most && !entries.has(ref)) clear()
    const entry: Entry<T> = { question: from(ref), expires: performance.now() + lifetime }
    entries.set(ref, entry)
    unread.add(ref)
    void settle(ref, entry)
    return entry.question
  }

  return {
    /** The question as of at most its lifetime ago, and after any `forget` of it. */
    get(ref: QuestionRef): Promise<T | undefined> {
      const entry = entries.get(ref)
      return entry && performance.now() < entry.expires ? entry.question : read(ref)
    },
    /** What `get` would answer, if it need not be waited for. */
    peek(ref: QuestionRef): T | undefined {
      const entry = entries.get(ref)
      return entry && performance.now() < entry.expires ? entry.settled : undefined
    },
    /** Reads it now, whatever is kept; where `load` may answer what is a moment old, with another function. */
    read,
    /** It changed: whoever asks from now on gets it read again, and what is on its way is not kept. */
    forget(id: number) {
      for (const ref of refs.get(id) ?? []) entries.delete(ref)
      for (const ref of unread) entries.delete(ref)
    },
    clear
  }
}
