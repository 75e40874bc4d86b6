/** A catalogue for tests whose texts need as much room as those of several languages. */
import nunjucks from 'nunjucks'
import type { Catalogue } from '../../app/i18n/locales/en.ts'
import { escaped, type Html } from '../../app/i18n/markup.ts'

const { SafeString } = nunjucks.runtime
const isHtml = (value: unknown): value is Html => value instanceof SafeString

/** Counts the characters that need room: not tags, and not signs above and below letters. */
const sizeOf = (text: string) => text.replace(/<[^>]*>|\p{M}/gu, '').length

/** Returns the first of the longest texts; an empty one of none. */
const longest = (texts: readonly string[]) =>
  texts.reduce((best, text) => (sizeOf(text) > sizeOf(best) ? text : best), '')

/** Returns the parts of a text between which a line may end, without isolated names. */
const wordsOf = (text: string) => text.split(/<[^>]*>|\u2068[^\u2069]*\u2069|[ \n-]+/)

/** Returns the longest of the texts, with its longest word replaced by the longest of all. */
function widestText(texts: readonly string[]): string {
  const words = texts.map(wordsOf)
  const own = (of: string[]) => longest(of.filter(word => !words.every(others => others.includes(word))))
  const sentence = longest(texts)
  const [replaced, word] = [own(wordsOf(sentence)), longest(words.map(own))]
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
 * Merges catalogues into one with the tag of the first. Each text is as long as the longest of
 * theirs, and has a word as long as the longest of theirs.
 */
export const widest = (all: readonly Catalogue[]): Catalogue => ({
  ...(merge(all) as Catalogue),
  tag: all[0]!.tag
})
