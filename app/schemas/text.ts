/** What people type: trimmed, counted in code points, with something to see in it. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'

const visible = /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u

/** How many characters a person would count, roughly: code points, not UTF-16 units. */
export const codePoints = (text: string) => [...text].length

/**
 * No lone surrogates, no control characters but for those named, and none that turn the order of what follows around
 * (Unicode's embeddings, overrides and isolates): pages isolate what people write, a title or a file cannot.
 */
export const isClean = (text: string, allowed = '') =>
  text.isWellFormed() &&
  !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(
    allowed ? text.replaceAll(new RegExp(`[${allowed}]`, 'g'), '') : text
  )

/** One line of 1 to `max` code points. `missing` names the sentence for an empty or absent field. */
export const line = (max: number, missing: string) =>
  z
    .string(missing)
    .trim()
    .refine(text => visible.test(text), { error: missing, abort: true })
    .refine(text => isClean(text), { error: messageKey('unshowable'), abort: true })
    .refine(text => codePoints(text) <= max, messageKey('atMostCharacters', max))
