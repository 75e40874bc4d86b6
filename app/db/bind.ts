/** Checks the arguments of a statement before a driver gets them. */
import type { Argument, Value } from './database.ts'

type List = readonly Value[] | ReadonlyArray<readonly Value[]>

const isList = (argument: Argument): argument is List => Array.isArray(argument)
const isRow = (item: Value | readonly Value[]): item is readonly Value[] => Array.isArray(item)

/** Accepts only what both engines store alike: no NaN, no text with NUL, no undefined. */
function checkValue(value: Value) {
  const isAccepted =
    value === null ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (typeof value === 'string' && !value.includes('\0'))
  if (!isAccepted) throw new TypeError(`no column can store this ${typeof value}`)
}

/** A list is allowed only here; elsewhere it is a client's `a[]=x` instead of `a=x`. */
const listPlace = /(\bIN \(|\bVALUES)\s*$/i

/** Checks the arguments of `sql`; returns whether a list is among them. Throws TypeError. */
export function checkArguments(sql: string, args: readonly Argument[]): boolean {
  let hasLists = false
  let position = -1
  for (const argument of args) {
    position = sql.indexOf('?', position + 1)
    if (!isList(argument)) {
      checkValue(argument)
      continue
    }
    hasLists = true
    if (!listPlace.test(sql.slice(Math.max(0, position - 20), position)))
      throw new TypeError('a list was bound as one value')
    if (argument.length === 0) throw new TypeError('an empty list was bound')
    for (const item of argument) {
      if (isRow(item)) for (const value of item) checkValue(value)
      else checkValue(item)
    }
  }
  return hasLists
}
