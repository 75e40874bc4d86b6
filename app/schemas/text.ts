/** Text of users: trimmed, counted in code points, with at least one visible character. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { codePoints, dropEmbedding, dropIsolates, hasVisible } from '../values/text.ts'

/**
 * No lone surrogates, no control characters, and no embeddings and overrides, which turn the order
 * of what follows around: pages isolate what people write, a title or a file cannot.
 */
const UNCLEAN = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u

/**
 * Returns the first character of a text that cannot be displayed, as `U+0007`; undefined if there
 * is none.
 */
export function uncleanCharacter(text: string, allowed = ''): string | undefined {
  const rest = allowed ? text.replaceAll(new RegExp(`[${allowed}]`, 'g'), '') : text
  const found = UNCLEAN.exec(rest)?.[0].codePointAt(0)
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`
}

/** Tells whether every character of a text can be displayed. */
export const isClean = (text: string, allowed = '') => uncleanCharacter(text, allowed) === undefined

/** Refuses a text with a character that cannot be displayed, and names the character. */
export const clean = (allowed?: string) => (context: z.core.ParsePayload<string>) => {
  const character = uncleanCharacter(context.value, allowed)
  if (character === undefined) return
  context.issues.push({
    code: 'custom',
    message: messageKey('unshowable', character),
    input: context.value,
    continue: false
  })
}

/**
 * Drops marks of direction that were copied along with a text: isolates, and a pair of embeddings
 * around it.
 */
const withoutDirection = (text: string) => dropEmbedding(dropIsolates(text))

/**
 * Several lines of at most `max` code points; empty where nothing can be seen. `missing` names the
 * sentence for anything but a text.
 */
export const lines = (max: number, missing: string) =>
  z
    .string(missing)
    .transform(text =>
      withoutDirection(text)
        .replace(/\r\n|[\r\v\f\u0085]/g, '\n')
        .trim()
    )
    .check(clean('\n\t'))
    .overwrite(text => (hasVisible(text) ? text : ''))
    .refine(text => codePoints(text) <= max, messageKey('atMostCharacters', max))
    .meta({ maxLength: max })

const lineWithout = (spaces: RegExp, max: number, missing: string, allowed?: string) =>
  z
    .string(missing)
    .transform(text => withoutDirection(text).replaceAll(spaces, ' ').trim())
    // Without `abort`, which would keep rules about other fields from being checked.
    .refine(hasVisible, missing)
    .check(context => {
      if (hasVisible(context.value)) clean(allowed)(context)
    })
    .refine(text => !hasVisible(text) || codePoints(text) <= max, messageKey('atMostCharacters', max))
    .meta({ minLength: 1, maxLength: max })

/**
 * One line of 1 to `max` code points. `missing` names the sentence for an empty or absent field.
 * Tabs and the soft breaks of presentation programs become spaces.
 */
export const line = (max: number, missing: string) => lineWithout(/[\t\v\f]/g, max, missing)

/** The same for a row of a table: the tabs between its columns stay. */
export const rowLine = (max: number, missing: string) => lineWithout(/[\v\f]/g, max, missing, '\t')

/**
 * The same for an option, without the separators at which a form that lists options splits them.
 */
export const optionLine = (max: number, missing: string) => lineWithout(/[\t\u2028\u2029]/g, max, missing)

/**
 * A text to search for. What was copied along with it is dropped; what cannot be searched for is an
 * empty text.
 */
export const searched = (max: number) =>
  z
    .string()
    .overwrite(text => text.replace(/\p{Bidi_Control}/gu, '').replace(/\p{Cc}/gu, ' '))
    .trim()
    .max(max)
    .refine(text => isClean(text))
    .catch('')

/** The token of a link in an address, perhaps with what a chat or a sentence has put behind it. */
export const LinkToken = z
  .string()
  .max(200)
  .transform(text => text.toLowerCase().replace(/[^0-9a-z]{1,8}$/, ''))
  .optional()
  .catch('')
  .meta({ accepts: { type: 'string', pattern: '^[0-9a-f]{32}$' } })
