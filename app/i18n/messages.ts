/** What went wrong: found where nobody knows who reads, and said where that is known. */
import type { Fields } from '../errors.ts'
import type { Catalogue } from './locales/en.ts'

type Mistakes = Catalogue['mistakes']
type Words<K extends keyof Mistakes> = Mistakes[K] extends (...words: infer W) => string ? W : []

/**
 * Names a sentence about a field, with the words and numbers in it, none of which holds a space. As text, because zod
 * keeps nothing else beside a field.
 */
export const because = <K extends keyof Mistakes>(name: K, ...words: Words<K>) => [name, ...words].join(' ')

const finish = (sentence: unknown, words: readonly unknown[]) =>
  typeof sentence === 'function' ? String(sentence(...words)) : String(sentence)

/** The sentence that stands beside a field: named by `because`, or the code of an error. */
function explain(said: string, { mistakes, errors }: Catalogue): string {
  const [name = '', ...words] = said.split(' ')
  const known: Record<string, unknown> = { ...mistakes, ...errors }
  const values = words.map(word => (/^\d+$/.test(word) ? Number(word) : word))
  return finish(known[name] ?? mistakes.unreadable, values) // zod has words of its own for what no form sends
}

/** An error as errors.ts makes them. `words`: what its sentence holds. */
interface Explicable {
  code: string
  message: string
  fields?: Fields
  words?: readonly unknown[]
}

/** What an error says in a language, and what of each of its fields. */
export function explained({ code, message, fields, words = [] }: Explicable, t: Catalogue) {
  const sentences: Record<string, unknown> = t.errors
  return {
    message: finish(sentences[code] ?? message, words),
    ...(fields && {
      fields: Object.fromEntries(Object.entries(fields).map(([field, said]) => [field, explain(said, t)]))
    })
  }
}
