/** Lists as people type and programs send them. */
import { dropInvisibleAround } from './address-text.ts'

/** Returns what was sent once or several times as a list; empty if it was left out or is null. */
export const listOf = (value: unknown): unknown[] => [value ?? []].flat()

/**
 * The same for a schema: null stays an item, so that it is refused and not taken for an empty list.
 */
export const asList = (value: unknown): unknown[] => (value === null ? [value] : listOf(value))

/** Commas and semicolons of every script, as a part of a class of characters. */
export const SEPARATORS = String.raw`,;\u060c\u061b\u3001\uff0c\uff1b\uff64`

const BETWEEN = String.raw`[\s${SEPARATORS}]`
const BETWEEN_ITEMS = new RegExp(`${BETWEEN}+`, 'u')
const TRAILING = new RegExp(`(?<!${BETWEEN})${BETWEEN}+$`, 'u')

/**
 * Takes an e-mail address or a phone number out of angle brackets or quotes, without the separators
 * that follow it in a list.
 */
export const withoutAround = (text: string) =>
  dropInvisibleAround(text)
    .replace(TRAILING, '')
    .replace(/^[^<>]*<([^<>]*)>$/, '$1')
    .replace(/^\s*(["'])(.*)\1$/, '$2')
    .replace(/^\s*[“„«](.*)[”“»]$/, '$1')

/**
 * Returns the items of a list that spaces, line breaks, commas or semicolons separate, without what
 * shows nothing.
 */
export const splitList = (text: string): string[] =>
  text.split(BETWEEN_ITEMS).map(dropInvisibleAround).filter(Boolean)
