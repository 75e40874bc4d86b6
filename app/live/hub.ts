/** The polls that have watchers in this process. */
import type { Question } from '../models/polls/question-row.ts'
import { PollChannel, type Source, type Watcher } from './poll-channel.ts'

export class LiveHub {
  readonly #source: Source
  /** By question id; only polls with watchers. */
  readonly #channels = new Map<number, PollChannel>()

  constructor(source: Source) {
    this.#source = source
  }

  /**
   * Sends the watcher `question`, which was just read, and every change until the returned function
   * is called.
   */
  join(question: Question, watcher: Watcher): () => void {
    const channel = this.#channels.get(question.id) ?? new PollChannel(question, this.#source)
    this.#channels.set(question.id, channel)
    channel.join(watcher, question)
    return () => {
      channel.leave(watcher)
      if (channel.isEmpty && this.#channels.get(question.id) === channel) this.#channels.delete(question.id)
    }
  }

  /** Reads a poll again, if it has watchers. */
  refresh(id: number) {
    this.#channels.get(id)?.refresh()
  }

  /** Reads all watched polls again. */
  refreshAll() {
    for (const channel of this.#channels.values()) channel.refresh()
  }

  /** Checks the rights of every watcher again. */
  async recheck() {
    await Promise.all([...this.#channels.values()].map(channel => channel.recheck()))
    this.refreshAll()
  }
}
