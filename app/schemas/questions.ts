/** Input of the routes of a question. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { MAX_OPTIONS } from '../values/kinds.ts'
import { MAX_VOTER_NAME } from '../values/privacy.ts'
import { isClean, line } from './text.ts'

/** An id as text. Other spellings of a number (`01`, `1e3`, ` 1`) and unsafe integers are rejected. */
export const Digits = z
  .string()
  .regex(/^[1-9][0-9]{0,18}$/)
  .transform(Number)
  .refine(Number.isSafeInteger)

/** A slug contains a letter, so that it cannot be confused with an id. */
const Slug = z.string().regex(/^(?=.*[A-Za-z])[A-Za-z0-9_-]{11,40}$/)

/** The question of a URL: its slug, or its id if it is listed. */
export const QuestionRef = z.union([Digits, Slug])
export type QuestionRef = z.output<typeof QuestionRef>

export const QuestionParams = z.object({ question: QuestionRef })

/** The join code of the room whose page sends a form, and to which the answer returns. */
export const ReturnCode = z
  .string()
  .regex(/^[0-9]{6}$/)
  .optional()
  .catch(undefined)
  .meta({ isInternal: true })

/** The room whose remote control sends a form, and to which the answer returns. */
const ReturnRoom = Digits.optional().catch(undefined).meta({ isInternal: true })

export const RoomQuery = z.object({ room: ReturnCode })
const DONE = ['withdrawn', 'closed', 'reopened', 'amended', 'claimed', 'saved'] as const
/** What the viewer has just done, for the page after a redirect. */
export const DoneQuery = z.object({
  done: z.enum(DONE).optional().catch(undefined).meta({ isInternal: true })
})
export type Done = (typeof DONE)[number]

interface Sent {
  id: z.ZodType<number>
  sent: { type: 'integer' } | { type: 'string'; pattern: string }
  number: z.ZodType<number>
  sentValue: { type: 'integer' } | { type: 'string'; pattern: string }
}

/** `value`: what each choice is given, in the order of `choice`. */
const chosen = ({ id, sent, number, sentValue }: Sent) => {
  const numbers = z.array(number, messageKey('valueEach')).max(MAX_OPTIONS, messageKey('chooseFewer'))
  return z.object({
    // A longer list is rejected before its items are checked.
    choice: z
      .preprocess(
        value => (value === undefined ? [] : [value].flat()),
        z
          .array(id, messageKey('choose'))
          .min(1, messageKey('choose'))
          .max(MAX_OPTIONS, messageKey('chooseFewer'))
      )
      .meta({
        accepts: { anyOf: [sent, { type: 'array', items: sent, minItems: 1, maxItems: MAX_OPTIONS }] }
      }),
    value: z
      .preprocess(value => (value === undefined ? undefined : [value].flat()), numbers.optional())
      .meta({ accepts: { anyOf: [sentValue, { type: 'array', items: sentValue, maxItems: MAX_OPTIONS }] } }),
    revision: id.optional().meta({ accepts: sent }),
    /** The voter chose to vote without the account that was signed in in this browser. */
    as_guest: z.preprocess(value => value === true || value === '1', z.boolean()),
    /** Checked where the poll asks for it. */
    name: z
      .unknown()
      .optional()
      .meta({ accepts: { type: 'string', minLength: 1, maxLength: MAX_VOTER_NAME } }),
    room: ReturnCode
  })
}

/** The name that a guest gives in a poll with names. */
export const VoterName = line(MAX_VOTER_NAME, messageKey('name'))

/** A vote as JSON: `{"choice": 1}`, `{"choice": [1, 3]}`, `{"choice": [1, 3], "value": [5, 0]}`. */
export const VoteBody = chosen({
  id: z.int(messageKey('chooseOfThis')).positive(messageKey('chooseOfThis')),
  sent: { type: 'integer' },
  number: z.int(messageKey('wholeNumber')),
  sentValue: { type: 'integer' }
})

const smallNumber = /^ *[0-9]{1,3} *$/

/** The field of an option that is given a value, and its id. */
const VALUE_FIELD = /^value-([1-9][0-9]{0,18})$/

/** Returns the fields `value-5` of a form as pairs of an option and its text, without empty ones. */
export function valueFields(body: unknown): Array<[choice: string, value: unknown]> {
  return Object.entries(body ?? {}).flatMap(([name, value]): Array<[string, unknown]> => {
    const [, id] = VALUE_FIELD.exec(name) ?? []
    return id === undefined || value === '' ? [] : [[id, value]]
  })
}

/** Makes `choice` and `value` of the fields `value-5`, where a form has them. */
function pairValues(body: unknown): unknown {
  const pairs = valueFields(body)
  if (pairs.length === 0) return body
  return { ...(body as object), choice: pairs.map(([id]) => id), value: pairs.map(([, value]) => value) }
}

/** A vote as a form, in which every value is text. An option's value may be sent as `value-5`. */
export const VoteForm = z.preprocess(
  pairValues,
  chosen({
    id: Digits.or(z.never(messageKey('chooseOfThis'))),
    sent: { type: 'string', pattern: '^[1-9][0-9]{0,18}$' },
    number: z
      .string(messageKey('wholeNumber'))
      .regex(smallNumber, messageKey('wholeNumber'))
      .transform(Number),
    sentValue: { type: 'string', pattern: '^[0-9]{1,3}$' }
  })
)

/** The format of a result, for links, because they cannot send an Accept header. */
export const FormatQuery = z.object({ format: z.enum(['csv', 'json']).optional() })
/** `sort`: the order of the options on the page of the result. `after`: where the list of names continues. */
export const ResultsQuery = FormatQuery.extend({
  after: Digits.optional().catch(undefined),
  sort: z.enum(['votes', 'ballot']).optional().catch(undefined).meta({ isInternal: true })
})

/** The right options of a quiz; none: the poll is no quiz. */
const marked = (id: z.ZodType<number>, items: { type: 'integer' } | { type: 'string' }) =>
  z.object({
    correct: z
      .preprocess(
        value => (value === undefined ? [] : [value].flat()),
        z.array(id, messageKey('chooseOfThis')).max(MAX_OPTIONS, messageKey('chooseOfThis'))
      )
      .transform(ids => [...new Set(ids)])
      .meta({ accepts: { type: 'array', items, maxItems: MAX_OPTIONS } })
  })

export const QuizBody = marked(z.int(messageKey('chooseOfThis')).positive(messageKey('chooseOfThis')), {
  type: 'integer'
})
export const QuizForm = marked(Digits.or(z.never(messageKey('chooseOfThis'))), { type: 'string' })

/** An hour: a later end is a closing time, which the form of the poll has. */
const MAX_TIMER_SECONDS = 3_600

const shown = z.enum(['show', 'hide'], messageKey('oneOf', 'show', 'hide'))

const timerSeconds = z
  .int(messageKey('wholeNumber'))
  .min(0, messageKey('atLeast', 0))
  .max(MAX_TIMER_SECONDS, messageKey('atMost', MAX_TIMER_SECONDS))

/** Shows or hides the result, or the number of votes, on screens; closes the poll after so many seconds; 0 stops the timer. */
const present = <T extends z.ZodType<number>>(timer: T) =>
  z
    .object({ results: shown.optional(), count: shown.optional(), timer: timer.optional(), room: ReturnRoom })
    .refine(({ results, count, timer: seconds }) => (results ?? count ?? seconds) !== undefined, {
      path: ['results'],
      error: messageKey('oneOf', 'show', 'hide')
    })

export const PresentBody = present(timerSeconds)
export const PresentForm = present(
  z
    .string(messageKey('wholeNumber'))
    .regex(/^[0-9]{1,5}$/, messageKey('wholeNumber'))
    .transform(Number)
    .pipe(timerSeconds)
)

/**
 * `screen`: the client is a big screen and gets no numbers while the organiser hides them there.
 * `once`: the client wants the first event only, because a proxy holds a stream back until it ends.
 */
export const EventsQuery = z.object({
  screen: z.literal('1').optional().catch(undefined),
  once: z.literal('1').optional().catch(undefined)
})

export const ListQuery = z.object({
  q: z
    .string()
    .trim()
    .max(200)
    .refine(text => isClean(text))
    .catch(''),
  mine: z.literal('1').optional().catch(undefined),
  after: Digits.optional().catch(undefined),
  done: z.literal('deleted').optional().catch(undefined).meta({ isInternal: true })
})
