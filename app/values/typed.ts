/** What a refused form shows again: bounded by what could have been valid, however much was sent. */

/** UTF-16 units of one text: a description of 2,000 emoji, and some more so that it is still too long when sent again. */
const MAX_TEXT = 5_000

/** Items of a list: one more than the options that a poll may have, for the same reason. */
const MAX_ITEMS = 51

/** UTF-16 units of an item: an option of 200 emoji, and some more. */
const MAX_ITEM_TEXT = 500

/** Fields: twice those of the largest form. */
const MAX_FIELDS = 40

/** Cuts a text after so many UTF-16 units, never between the two of one character. */
const cut = (text: string, max: number) => text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')

function bound(value: unknown, maxText: number): unknown {
  if (typeof value === 'string') return cut(value, maxText)
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map(item => bound(item, MAX_ITEM_TEXT))
  return typeof value === 'object' && value !== null ? boundTyped(value) : value
}

/** Returns the fields of a body, each cut to what a form shows again; no fields for what is no object. */
export function boundTyped(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) return {}
  const fields = Object.entries(body).slice(0, MAX_FIELDS)
  return Object.fromEntries(fields.map(([name, value]) => [name, bound(value, MAX_TEXT)]))
}
