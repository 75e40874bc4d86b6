/**
 * Messages of errors: models and schemas name a message by its key, the answer translates the key.
 */
import type { AppError, Fields } from '../app-error.ts'
import type { Catalogue } from './locales/en.ts'

type Mistakes = Catalogue['mistakes']
type Values<K extends keyof Mistakes> = Mistakes[K] extends (...values: infer V) => string ? V : []

/**
 * Serialises a message's key and its values. The form is JSON, because zod's messages are strings.
 */
export const messageKey = <K extends keyof Mistakes>(key: K, ...values: Values<K>) =>
  JSON.stringify([key, ...values])

/** Parses a message key. Undefined for zod's own messages, which our forms cannot cause. */
function parseKey(text: string): [key: string, ...values: unknown[]] | undefined {
  if (!text.startsWith('["')) return undefined
  return JSON.parse(text) as [string, ...unknown[]] // only messageKey and errors.ts write this form
}

/** Errors whose sentences are also those of other forms, and do not say what became of a vote. */
const SILENT_ON_VOTES: ReadonlySet<string> = new Set<keyof Catalogue['errors']>([
  'invalid_input',
  'bad_request',
  'payload_too_large',
  'unsupported_media_type',
  'cross_site',
  'not_found',
  'question_not_found',
  'question_removed',
  'only_invited',
  'invitation_revoked',
  'invalid_token',
  'scope_missing',
  'not_by_token',
  'busy'
])

/**
 * Tells whether the answer to a vote has to add to the error's sentence that the vote was not
 * counted.
 */
export const isSilentOnVotes = ({ key }: Pick<AppError, 'key'>) => SILENT_ON_VOTES.has(key)

const fill = (sentence: unknown, values: readonly unknown[]) =>
  typeof sentence === 'function' ? String(sentence(...values)) : String(sentence)

/** Translates a message key. */
function fieldMessage(text: string, { mistakes, errors }: Catalogue): string {
  const [key = '', ...values] = parseKey(text) ?? []
  const sentences: Record<string, unknown> = { ...mistakes, ...errors }
  return fill(sentences[key] ?? mistakes.unreadable, values)
}

/** Translates an error and the messages of its fields. */
export function toMessage(
  { key, values = [], fields }: Pick<AppError, 'key' | 'values' | 'fields'>,
  t: Catalogue
): { message: string; fields?: Fields } {
  const sentences: Record<string, unknown> = t.errors
  return {
    message: fill(sentences[key] ?? key, values),
    ...(fields && {
      fields: Object.fromEntries(
        Object.entries(fields).map(([field, text]) => [field, fieldMessage(text, t)])
      )
    })
  }
}
