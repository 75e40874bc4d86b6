/** The rooms that have followers in this process. A change is read once for all of them. */
import type { RoomState } from '../models/rooms/room-row.ts'

export interface Follower {
  /** Shows the poll of the room as it was just read; undefined: the room is deleted. */
  follow(room: RoomState | undefined): Promise<void>
}

/** Where rooms are read. */
interface Source {
  read(id: number): Promise<RoomState | undefined>
  /** Called when `read` or a follower failed. The next refresh tries again. */
  onError(error: unknown): void
}

class RoomChannel {
  readonly followers = new Set<Follower>()
  readonly #id: number
  readonly #source: Source
  #isReading = false
  /** The room changed after the read under way began. */
  #isStale = false

  constructor(id: number, source: Source) {
    this.#id = id
    this.#source = source
  }

  /** Reads the room and tells its followers; changes during a read become one more read. */
  refresh() {
    this.#isStale = true
    if (!this.#isReading) void this.#run()
  }

  async #run() {
    this.#isReading = true
    while (this.#isStale && this.followers.size > 0) {
      this.#isStale = false
      try {
        const room = await this.#source.read(this.#id)
        // Waits for all of them, or a slow one could be shown this state after the next one.
        const follows = await Promise.allSettled([...this.followers].map(follower => follower.follow(room)))
        const failed = follows.find(follow => follow.status === 'rejected')
        if (failed) throw failed.reason
      } catch (error) {
        this.#source.onError(error)
      }
    }
    this.#isReading = false
  }
}

export class RoomHub {
  readonly #source: Source
  /** By room id; only rooms with followers. */
  readonly #channels = new Map<number, RoomChannel>()

  constructor(source: Source) {
    this.#source = source
  }

  /**
   * Tells the follower every state of the room from now on, until the returned function is called.
   */
  join(id: number, follower: Follower): () => void {
    const channel = this.#channels.get(id) ?? new RoomChannel(id, this.#source)
    this.#channels.set(id, channel)
    channel.followers.add(follower)
    channel.refresh()
    return () => {
      channel.followers.delete(follower)
      if (channel.followers.size === 0 && this.#channels.get(id) === channel) this.#channels.delete(id)
    }
  }

  /** Reads a room again, if it has followers. */
  refresh(id: number) {
    this.#channels.get(id)?.refresh()
  }

  /** Reads all followed rooms again. */
  refreshAll() {
    for (const channel of this.#channels.values()) channel.refresh()
  }
}
