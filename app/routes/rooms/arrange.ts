/** Changes the order of a room's polls as a form asks for it. Pure. */

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
