/** Divides lists, for statements and transactions of a bounded size. */

/** Returns the list in parts of this size; the last may be smaller. An empty list has no parts. */
export function inParts<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size))
  return parts
}
