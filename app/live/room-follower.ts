/** One client's stream in a room: watches the poll that the room shows, and moves on with it. */
import type { Question } from '../models/polls/question-row.ts'
import type { RoomState } from '../models/rooms/room-row.ts'
import type { EventStream } from './event-stream.ts'
import type { LiveHub } from './hub.ts'
import type { Viewer } from './poll-channel.ts'
import type { Follower } from './room-hub.ts'

/** What a client sees of a room. */
export interface RoomViewer {
  /** Reads the poll that the room shows; null if this viewer may not open it, or none is shown. */
  watch(room: RoomState): Promise<{ question: Question; viewer: Viewer } | null>
  /** Returns the frame of a room without a poll for this viewer. */
  frame(room: RoomState | undefined): string
}

export class RoomFollower implements Follower {
  readonly #stream: Pick<EventStream, 'send' | 'end'>
  readonly #hub: Pick<LiveHub, 'join'>
  readonly #viewer: RoomViewer
  #leavePoll = () => {}
  #hasLeft = false
  /** The state that the client was told last. */
  #told: string | undefined

  constructor(stream: Pick<EventStream, 'send' | 'end'>, hub: Pick<LiveHub, 'join'>, viewer: RoomViewer) {
    this.#stream = stream
    this.#hub = hub
    this.#viewer = viewer
  }

  async follow(room: RoomState | undefined): Promise<void> {
    const state = JSON.stringify([room?.code, room?.active, room?.show_count])
    if (state === this.#told) return
    const watched = room?.code ? await this.#viewer.watch(room) : null
    if (this.#hasLeft) return // the client disconnected meanwhile
    this.#leavePoll()
    this.#leavePoll = () => {}
    this.#told = state
    if (watched) {
      const { question, viewer } = watched
      this.#leavePoll = this.#hub.join(question, { viewer, stream: this.#stream })
      return
    }
    this.#stream.send(this.#viewer.frame(room))
    if (!room?.code) this.#stream.end()
  }

  /** Stops to watch the poll. */
  leave() {
    this.#hasLeft = true
    this.#leavePoll()
  }
}
