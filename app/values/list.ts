/** Lists as people type and programs send them. */
import { dropInvisibleAround } from './text.ts'

/** Returns what was sent once or several times as a list; empty if it was left out or is null. */
export const listOf = (value: unknown): unknown[] => [value ?? []].flat()

/** Commas and semicolons of every script, as a part of a class of characters. */
export const SEPARATORS = String.raw`,;\u060c\u061b\u3001\uff0c\uff1b\uff64`

const BETWEEN_ITEMS = new RegExp(String.raw`[\s${SEPARATORS}]+`, 'u')

/** Returns the items of a list that spaces, line breaks, commas or semicolons separate, without what shows nothing. */
export const splitList = (text: string): string[] =>
  text.split(BETWEEN_ITEMS).map(dropInvisibleAround).filter(Boolean)
