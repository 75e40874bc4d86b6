/** One client's stream in a room: watches the poll that the room shows, and moves on with it. */
import type { Question } from '../models/polls/question-row.ts'
import type { RoomState } from '../models/rooms/room-row.ts'
import type { EventStream } from './event-stream.ts'
import type { LiveHub } from './hub.ts'
import type { PollView } from './poll-channel.ts'
import type { Follower } from './room-hub.ts'

/** A room as one client sees it. */
export interface RoomView {
  /** Reads the poll that the room shows; null if this client may not open it, or none is shown. */
  watch(room: RoomState): Promise<{ question: Question; view: PollView } | null>
  /** Returns the event of a room that shows this client no poll. */
  eventWithoutPoll(room: RoomState | undefined): string
}

export class RoomFollower implements Follower {
  readonly #stream: Pick<EventStream, 'send' | 'end'>
  readonly #hub: Pick<LiveHub, 'join'>
  readonly #view: RoomView
  #leavePoll = () => {}
  #hasLeft = false
  /** The state that the client was sent last. */
  #sentState: string | undefined

  constructor(stream: Pick<EventStream, 'send' | 'end'>, hub: Pick<LiveHub, 'join'>, view: RoomView) {
    this.#stream = stream
    this.#hub = hub
    this.#view = view
  }

  async follow(room: RoomState | undefined): Promise<void> {
    const state = JSON.stringify([room?.code, room?.active, room?.show_count])
    if (state === this.#sentState) return
    const watched = room?.code ? await this.#view.watch(room) : null
    if (this.#hasLeft) return // the client disconnected meanwhile
    this.#leavePoll()
    this.#leavePoll = () => {}
    this.#sentState = state
    if (watched) {
      const { question, view } = watched
      this.#leavePoll = this.#hub.join(question, { view, stream: this.#stream })
      return
    }
    this.#stream.send(this.#view.eventWithoutPoll(room))
    if (!room?.code) this.#stream.end()
  }

  /** Stops to watch the poll. */
  leave() {
    this.#hasLeft = true
    this.#leavePoll()
  }
}
