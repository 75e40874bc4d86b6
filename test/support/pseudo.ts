/** A pseudo-language for tests: English with Arabic letters, from right to left, and longer. */
import nunjucks from 'nunjucks'
import { grammarOf } from '../../app/i18n/grammar.ts'
import type { Html } from '../../app/i18n/markup.ts'
import en, { type Catalogue } from '../../app/i18n/locales/en.ts'

const { SafeString } = nunjucks.runtime
const isHtml = (value: unknown): value is Html => value instanceof SafeString
const letters = 'ابتثجحخدذرزسشصضطظعغفقكلمنه'

/** Mark the begin and the end of a value. Values are not translated. */
const [begin, end] = ['\uE000', '\uE001']
const kept = /\uE000[^\uE001]*\uE001|<\/?[a-z][a-z\d]*(?:\s[^>]*)?>|&\w+;|&#\d+;/g

const mirrored = (text: string) =>
  text.replace(/[a-z]/gi, letter => letters[letter.toLowerCase().charCodeAt(0) - 97]!)

/** Doubles every third word, because most languages are longer than English. */
const stretched = (text: string) => text.replace(/(\p{L}{4,})((?:\P{L}+\p{L}+){2})/gu, '$1 $1$2')

/** Changes a text, but no value, tag or entity in it. */
function changed(text: string, change: (piece: string) => string): string {
  let [result, from] = ['', 0]
  for (const { 0: piece, index } of text.matchAll(kept)) {
    result += change(text.slice(from, index)) + piece.replaceAll(/[\uE000\uE001]/g, '')
    from = index + piece.length
  }
  return result + change(text.slice(from))
}

/** Returns a catalogue with each of its own words changed, without those of its users. */
function mapTexts(catalogue: Catalogue, change: (piece: string) => string): Catalogue {
  /** Marks an argument of a sentence as a value. */
  function guard(value: unknown): unknown {
    if (typeof value === 'string') return begin + value + end
    if (isHtml(value)) return new SafeString(begin + value.toString() + end)
    if (Array.isArray(value)) return value.map(guard)
    if (typeof value === 'function') return (words: string) => guard(value(changed(words, change)))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, guard(inner)]))
  }
  function convert(value: unknown): unknown {
    if (typeof value === 'string') return changed(value, change)
    if (isHtml(value)) return new SafeString(changed(value.toString(), change))
    if (typeof value === 'function') return (...given: unknown[]) => convert(value(...given.map(guard)))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, convert(inner)]))
  }
  const grammar = grammarOf(catalogue.tag)
  const texts = Object.entries(catalogue).filter(([key]) => !(key in grammar))
  return { ...(convert(Object.fromEntries(texts)) as Catalogue), ...grammar }
}

/** English from right to left, with the numbers and times of Arabic. */
export const pseudo: Catalogue = {
  ...mapTexts(en, text => stretched(mirrored(text))),
  ...grammarOf('ar-EG'),
  name: 'عربي'
}
