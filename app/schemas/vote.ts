/** Input of the resource of a vote. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { digits, optionalBody } from './fields.ts'
import { MAX_OPTIONS } from '../values/kinds.ts'
import { asList } from '../values/list.ts'
import { MAX_VOTER_NAME } from '../values/privacy.ts'
import { formId, formRevision, jsonId, jsonRevision, sentFormId, type SentId, sentJsonId } from './ids.ts'
import { ReturnCode } from './questions.ts'
import { line, optionLine } from './text.ts'
import { yesOrNo } from './truth.ts'

/** The text of an option that a voter suggests; an empty field: none. */
const suggestedText = z
  .preprocess(
    value => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    optionLine(200, messageKey('option')).optional()
  )
  .meta({ accepts: { type: 'string', maxLength: 200 } })

interface Sent {
  id: z.ZodType<number>
  sent: SentId
  revision: z.ZodType<number | undefined>
  number: z.ZodType<number>
  sentValue: { type: 'integer' } | { type: 'string'; pattern: string }
}

/** `value`: what each choice is given, in the order of `choice`. */
const chosen = ({ id, sent, revision, number, sentValue }: Sent) => {
  const numbers = z.array(number, messageKey('valueEach')).max(MAX_OPTIONS, messageKey('chooseFewer'))
  const fields = z.object({
    // A longer list is rejected before its items are checked.
    choice: z
      .preprocess(asList, z.array(id, messageKey('choose')).max(MAX_OPTIONS, messageKey('chooseFewer')))
      .meta({
        accepts: { anyOf: [sent, { type: 'array', items: sent, minItems: 1, maxItems: MAX_OPTIONS }] }
      }),
    value: z
      .preprocess(value => (value === undefined ? undefined : asList(value)), numbers.optional())
      .meta({ accepts: { anyOf: [sentValue, { type: 'array', items: sentValue, maxItems: MAX_OPTIONS }] } }),
    revision,
    /** The voter chose to vote without the account that was signed in in this browser. */
    as_guest: yesOrNo.default(false),
    /** Checked where the poll asks for it. */
    name: z
      .unknown()
      .optional()
      .meta({ accepts: { type: 'string', minLength: 1, maxLength: MAX_VOTER_NAME } }),
    /** An option that the voter suggests. */
    choice_text: suggestedText,
    room: ReturnCode
  })
  return fields.refine(({ choice, choice_text }) => choice.length > 0 || choice_text !== undefined, {
    path: ['choice'],
    error: messageKey('choose')
  })
}

/** The name that a guest gives in a poll with names. */
export const VoterName = line(MAX_VOTER_NAME, messageKey('name'))

/** A vote as JSON: `{"choice": 1}`, `{"choice": [1, 3]}`, `{"choice": [1, 3], "value": [5, 0]}`. */
export const VoteBody = chosen({
  id: jsonId(messageKey('chooseOfThis')),
  sent: sentJsonId,
  revision: jsonRevision,
  number: z.int(messageKey('wholeNumber')),
  sentValue: { type: 'integer' }
})

/** The field of an option that is given a value, and its id. */
const VALUE_FIELD = /^value-([1-9][0-9]{0,18})$/

/**
 * Returns the fields `value-5` of a form as pairs of an option and its text, without empty ones.
 */
export function valueFields(body: unknown): Array<[choice: string, value: unknown]> {
  return Object.entries(body ?? {}).flatMap(([name, value]): Array<[string, unknown]> => {
    const [, id] = VALUE_FIELD.exec(name) ?? []
    return id === undefined || value === '' ? [] : [[id, value]]
  })
}

/**
 * Leaves out of `choice` and `value` the pairs without a value. `value` stays a list: a poll
 * without values refuses it.
 */
function dropBlanks(body: object): object {
  const { choice, value } = body as Record<string, unknown>
  const [choices, values] = [asList(choice), asList(value)]
  if (choices.length !== values.length || !values.includes('')) return body
  const isGiven = (_: unknown, n: number) => values[n] !== ''
  return { ...body, choice: choices.filter(isGiven), value: values.filter(isGiven) }
}

/**
 * Makes `choice` and `value` of the fields `value-5`, where a form has them. Both at once are
 * refused: neither is dropped.
 */
function pairValues(body: unknown, context: z.RefinementCtx): unknown {
  const pairs = valueFields(body)
  if (pairs.length === 0) return typeof body === 'object' && body !== null ? dropBlanks(body) : body
  const { choice, value } = body as Record<string, unknown>
  if (choice !== undefined || value !== undefined)
    context.addIssue({ code: 'custom', path: ['choice'], message: messageKey('valueEach') })
  return { ...(body as object), choice: pairs.map(([id]) => id), value: pairs.map(([, value]) => value) }
}

const sentValue = { type: 'string', pattern: '^[0-9]{1,3}$' } as const

/** A vote as a form, in which every value is text. An option's value may be sent as `value-5`. */
export const VoteForm = z
  .preprocess(
    pairValues,
    chosen({
      id: formId(messageKey('chooseOfThis')),
      sent: sentFormId,
      revision: formRevision,
      number: digits(/^[0-9]{1,3}$/),
      sentValue
    })
  )
  .meta({ patternProperties: { [VALUE_FIELD.source]: sentValue } })

/** A withdrawal as a form; JSON sends nothing. */
export const WithdrawBody = optionalBody(z.object({ room: ReturnCode }))
