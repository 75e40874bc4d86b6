/** Divides lists, for statements and transactions of a bounded size. */

/** Returns the list in parts of this size; the last may be smaller. An empty list has no parts. */
export function inParts<T>(list: readonly T[], size: number): T[][] {
  const count = Math.ceil(list.length / size)
  return Array.from({ length: count }, (_, n) => list.slice(n * size, (n + 1) * size))
}
