/** A pseudo-language for tests: English with Arabic letters, from right to left, and longer. */
import nunjucks from 'nunjucks'
import { grammarOf } from '../../app/i18n/grammar.ts'
import type { Html } from '../../app/i18n/markup.ts'
import en, { type Catalogue } from '../../app/i18n/locales/en.ts'

const { SafeString } = nunjucks.runtime
const letters = 'ابتثجحخدذرزسشصضطظعغفقكلمنه'

/** Mark the begin and the end of a value. Values are not translated. */
const [begin, end] = ['\uE000', '\uE001']
const kept = /\uE000[^\uE001]*\uE001|<[^>]*>|&\w+;|&#\d+;/g

const mirrored = (text: string) =>
  text.replace(/[a-z]/gi, letter => letters[letter.toLowerCase().charCodeAt(0) - 97]!)

/** Doubles every third word, because most languages are longer than English. */
const stretched = (text: string) => text.replace(/(\p{L}{4,})((?:\P{L}+\p{L}+){2})/gu, '$1 $1$2')

function translate(text: string): string {
  let [result, from] = ['', 0]
  for (const { 0: piece, index } of text.matchAll(kept)) {
    result += stretched(mirrored(text.slice(from, index))) + piece.replaceAll(/[\uE000\uE001]/g, '')
    from = index + piece.length
  }
  return result + stretched(mirrored(text.slice(from)))
}

const isHtml = (value: unknown): value is Html => value instanceof SafeString

/** Marks an argument of a sentence as a value. */
function guard(value: unknown): unknown {
  if (typeof value === 'string') return begin + value + end
  if (isHtml(value)) return new SafeString(begin + value.toString() + end)
  if (Array.isArray(value)) return value.map(guard)
  if (typeof value !== 'function') return value
  return (words: string) => guard(value(translate(words)))
}

function convert(value: unknown): unknown {
  if (typeof value === 'string') return translate(value)
  if (isHtml(value)) return new SafeString(translate(value.toString()))
  if (typeof value === 'function') return (...given: unknown[]) => convert(value(...given.map(guard)))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, convert(inner)]))
}

/** English from right to left, with the numbers and times of Arabic. */
export const pseudo = { ...(convert(en) as Catalogue), ...grammarOf('ar-EG'), name: 'عربي' }
