/** The order of a room's polls: where the room stands, and changes that a form asks for. Pure. */
import type { Room } from '../../models/rooms/room-row.ts'

/**
 * Returns the place of the poll that the room shows, from 1 and 0 for none, and the polls beside
 * it.
 */
export function placeOf({ polls, active }: Pick<Room, 'polls' | 'active'>) {
  const at = polls.findIndex(({ id }) => id === active?.id)
  return { position: at + 1, previous: polls[at - 1] ?? null, next: polls[at + 1] ?? null }
}

interface Wish {
  /** `up:7`, `down:7` or `out:7`. */
  move?: string | undefined
  add?: number | undefined
}

/** Returns the ids in their new order. A poll that is not in the list, or at its end, stays. */
export function arrange(ids: readonly number[], { move, add }: Wish): number[] {
  const added = add === undefined || ids.includes(add) ? [...ids] : [...ids, add]
  const [direction, id] = move?.split(':') ?? []
  const from = added.indexOf(Number(id))
  if (from < 0) return added
  const without = added.toSpliced(from, 1)
  if (direction === 'out') return without
  const to = direction === 'up' ? Math.max(0, from - 1) : from + 1
  return without.toSpliced(to, 0, added[from]!)
}
