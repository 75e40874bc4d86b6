/** Who watches which poll: everybody is told of each change, and all from one reading of it. */
import { setImmediate } from 'node:timers/promises'
import type { Question } from '../models/polls/questions.ts'

/** Milliseconds during which changes of a poll become one reading: four a second at most. */
const pause = 250
/** So many are told in one turn, and all else waits for it, turn after turn (beside 2,000 the slowest in a hundred took 40 ms, with 250 in a turn 102). */
const together = 50
/** The longest that a timer can wait is 24 days; looking once more costs nothing. */
const longest = 86_400_000

/** Somebody who watches a poll. */
export interface Watcher {
  /** What the poll looks like to them now; the same string as before where nothing has changed for them. */
  frame(question: Question): string
  /** Looks again who they are and whether they have voted; false if they may not open the poll any more. */
  recheck(): Promise<boolean>
  send(frame: string): void
  end(): void
}

interface Room {
  slug: string
  /** Each watcher with the frame that they were sent last. */
  watchers: Map<Watcher, string>
  open: boolean
  version: number
  /** The next reading is due, or under way. */
  timer?: NodeJS.Timeout | undefined
  /** Something changed since the reading under way began. */
  stale: boolean
  closing?: NodeJS.Timeout | undefined
}

const seconds = (time: string) => Date.parse(`${time.replace(' ', 'T')}Z`) / 1000

export type Live = ReturnType<typeof createLive>

/**
 * `read`: the question behind a slug as it is now, from the database that counts. `failed` hears why that was not
 * possible; then `changed` tries again.
 */
export function createLive(
  read: (slug: string) => Promise<Question | undefined>,
  failed: (error: unknown) => void
) {
  const rooms = new Map<number, Room>()

  function tell(room: Room, watcher: Watcher, question: Question) {
    const frame = watcher.frame(question)
    if (room.watchers.get(watcher) === frame) return
    room.watchers.set(watcher, frame)
    watcher.send(frame)
  }

  async function recheck(watchers: Iterable<Watcher>) {
    const check = async (watcher: Watcher) => (await watcher.recheck()) || watcher.end()
    // What cannot be found out now stays as it was known.
    await Promise.allSettled([...watchers].map(check))
  }

  function soon(room: Room) {
    room.stale = true
    room.timer ??= setTimeout(() => void update(room), pause)
  }

  /** It closes by itself: on the database's clock, whose seconds are whole. */
  function expectClosing(room: Room, { open, close_time, read_time }: Question) {
    clearTimeout(room.closing)
    room.closing = undefined
    if (!open || close_time === null || room.watchers.size === 0) return
    const wait = (seconds(close_time) - seconds(read_time)) * 1000
    room.closing = setTimeout(() => soon(room), Math.min(wait, longest))
  }

  async function announce(room: Room) {
    // Whoever joins from here on may have been told something newer, and there will be another reading for them.
    const watchers = [...room.watchers.keys()]
    const question = await read(room.slug)
    if (!question || question.delete_flag) {
      for (const watcher of watchers) watcher.end()
      return
    }
    // Nobody goes back, not even with a database that does.
    if (question.tally_version < room.version) return
    room.version = question.tally_version
    const isOpen = Boolean(question.open)
    if (isOpen !== room.open) await recheck(watchers)
    room.open = isOpen
    for (const [n, watcher] of watchers.entries()) {
      if (n % together === together - 1) await setImmediate()
      if (room.watchers.has(watcher)) tell(room, watcher, question)
    }
    expectClosing(room, question)
  }

  async function update(room: Room) {
    room.stale = false
    await announce(room).catch(failed)
    room.timer = undefined
    if (room.stale && room.watchers.size > 0) soon(room)
  }

  return {
    /** Sends `question`, which was just read, to a watcher, and what follows until the function returned is called. */
    join(question: Question, watcher: Watcher): () => void {
      let room = rooms.get(question.id)
      if (!room) {
        const { slug, tally_version: version, open } = question
        room = { slug, watchers: new Map(), open: Boolean(open), version, stale: false }
        rooms.set(question.id, room)
      }
      const joined = room
      tell(joined, watcher, question)
      soon(joined) // it may have changed since it was read
      return () => {
        joined.watchers.delete(watcher)
        if (joined.watchers.size > 0 || rooms.get(question.id) !== joined) return
        rooms.delete(question.id)
        clearTimeout(joined.timer)
        clearTimeout(joined.closing)
      }
    },

    /** Question `id` changed; without one, any may have. */
    changed(id?: number) {
      if (id === undefined) for (const room of rooms.values()) soon(room)
      else if (rooms.has(id)) soon(rooms.get(id)!)
    },

    /** Looks again what everybody may see. */
    async recheck() {
      await Promise.all([...rooms.values()].map(room => recheck(room.watchers.keys())))
      for (const room of rooms.values()) soon(room)
    }
  }
}
