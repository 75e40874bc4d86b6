/** Bounds the fields that a rejected form shows again. */
import { MAX_OPTIONS } from './kinds.ts'
import { MAX_SITE_TEXT } from './site.ts'

/**
 * UTF-16 units of a text, more than any valid one has, so that what is cut stays too long: an
 * imprint of emoji, which is longer than the options of a poll, one a line.
 */
const MAX_TEXT = 2 * MAX_SITE_TEXT + 1_000

/** Items of a list: the maximum options of a poll, and one more so that it stays too long. */
const MAX_ITEMS = MAX_OPTIONS + 1

/** UTF-16 units of an item: an option of 200 emoji, and some more. */
const MAX_ITEM_TEXT = 500

/** Twice the fields of the largest form. */
const MAX_FIELDS = 120

/** Truncates a text to `max` UTF-16 units, never inside a surrogate pair. */
const cut = (text: string, max: number) => text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')

function bound(value: unknown, maxText: number): unknown {
  if (typeof value === 'string') return cut(value, maxText)
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map(item => bound(item, MAX_ITEM_TEXT))
  return typeof value === 'object' && value !== null ? boundTyped(value, maxText) : value
}

/**
 * Returns the bounded fields of a body. A body that is not an object has no fields. `maxText`:
 * UTF-16 units of a text.
 */
export function boundTyped(body: unknown, maxText = MAX_TEXT): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) return {}
  const fields = Object.entries(body).slice(0, MAX_FIELDS)
  return Object.fromEntries(fields.map(([name, value]) => [name, bound(value, maxText)]))
}
