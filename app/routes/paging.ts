/** The next page of a list: in JSON its parameter `after`, in a page the query of its link. */

/** Returns the id after which the next page continues as JSON has it; null at the end. */
export const nextJson = (next: number | null) => (next === null ? null : String(next))

/** Returns the query of the next page, with what the list was asked for; null at the end. */
export function nextQuery(
  next: number | null,
  asked: Record<string, string | undefined> = {}
): string | null {
  if (next === null) return null
  const given = Object.entries(asked).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return new URLSearchParams([...given, ['after', String(next)]]).toString()
}
