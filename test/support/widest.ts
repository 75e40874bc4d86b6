/** A catalogue for tests with the widest of the texts of several languages, by an estimate. */
import nunjucks from 'nunjucks'
import type { Catalogue } from '../../app/i18n/locales/en.ts'
import { escaped, type Html } from '../../app/i18n/markup.ts'

const { SafeString } = nunjucks.runtime
const isHtml = (value: unknown): value is Html => value instanceof SafeString

const narrow = /[fijlrtI .,:;!|'’()[\]·\u00A0\u202F-]/
const wide = /[mwMW%…—]/

/** Estimates the width of a character in a font without serifs, in hundredths of its size. */
function widthOf(character: string): number {
  if (narrow.test(character)) return 27
  if (wide.test(character)) return 84
  return /\p{Lu}/u.test(character) ? 70 : 54
}

/** Estimates the width of a text, without its tags and the signs above and below its letters. */
const sizeOf = (text: string) =>
  [...text.normalize('NFD').replace(/<[^>]*>|\p{M}/gu, '')].reduce((sum, one) => sum + widthOf(one), 0)

/** Returns the first of the widest texts; an empty one of none. */
const widestOf = (texts: readonly string[]) =>
  texts.reduce((best, text) => (sizeOf(text) > sizeOf(best) ? text : best), '')

/** Returns the parts of a text between which a line may end, without isolated names. */
const wordsOf = (text: string) => text.split(/<[^>]*>|\u2068[^\u2069]*\u2069|[ \n-]+/)

/** Returns the widest of the texts, with its widest word replaced by the widest of all. */
function widestText(texts: readonly string[]): string {
  const words = texts.map(wordsOf)
  const own = (of: string[]) => widestOf(of.filter(word => !words.every(others => others.includes(word))))
  const sentence = widestOf(texts)
  const [replaced, word] = [own(wordsOf(sentence)), widestOf(words.map(own))]
  return sizeOf(word) > sizeOf(replaced) ? sentence.replace(replaced, () => word) : sentence
}

function merge(values: readonly unknown[]): unknown {
  const [first] = values
  if (values.every(value => typeof value === 'string')) return widestText(values)
  if (values.some(isHtml))
    return new SafeString(widestText(values.map(value => escaped(value as Html | string))))
  if (typeof first === 'function')
    return (...given: unknown[]) =>
      merge(values.map(value => (value as (...args: unknown[]) => unknown)(...given)))
  if (typeof first !== 'object' || first === null) return first
  return Object.fromEntries(
    Object.keys(first).map(key => [key, merge(values.map(value => (value as Record<string, unknown>)[key]))])
  )
}

/**
 * Merges catalogues into one with the tag of the first. Each text is the widest of theirs, with the
 * widest of their words. Widths are estimated: a text of another language may be a little wider.
 */
export const widest = (all: readonly Catalogue[]): Catalogue => ({
  ...(merge(all) as Catalogue),
  tag: all[0]!.tag
})
