/**
 * Input that corrects a poll with votes: the same fields as a form and as JSON. What is missing
 * stays.
 */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { optionalBody } from './fields.ts'
import { MAX_OPTION_ROWS, MAX_OPTIONS } from '../values/kinds.ts'
import { listOf } from '../values/list.ts'
import { dateFields, readAddedDates } from './poll-dates.ts'
import { closeTime, descriptionText, pastedOptions, sentTime, shownBefore, whoSeesResults } from './poll.ts'
import { formId, formRevision, jsonId, jsonRevision, sentFormId } from './ids.ts'
import { retentionDays, retentionDaysField } from './retention.ts'
import { line, optionLine } from './text.ts'
import { truth, yesOrNo } from './truth.ts'

/**
 * What a vote was cast under stays: a client that sends it learns so, instead of being told of
 * success.
 */
const fixed = z.never(messageKey('fixedByVotes')).optional().meta({ isInternal: true })
const fixedFields = {
  kind: fixed,
  count_method: fixed,
  budget: fixed,
  min_choices: fixed,
  max_choices: fixed,
  audience: fixed,
  privacy: fixed,
  capacity: fixed,
  max_ballots: fixed,
  quorum: fixed,
  quorum_percent: fixed,
  threshold: fixed,
  revote: fixed,
  listed: fixed,
  time_zone: fixed,
  /** Has an address of its own, which the organiser is told. */
  suggestions: z.unknown().optional().meta({ isInternal: true })
}

const option = optionLine(200, messageKey('option'))
const added = z
  .preprocess(
    value => pastedOptions(value),
    z.array(option, messageKey('option')).max(MAX_OPTIONS, messageKey('tooManyOptions', MAX_OPTIONS))
  )
  .meta({ accepts: { type: 'array', items: { type: 'string', maxLength: 200 }, maxItems: MAX_OPTIONS } })
const common = {
  ...fixedFields,
  question_text: line(200, messageKey('question')).optional(),
  description: descriptionText.optional(),
  results: whoSeesResults.optional(),
  choice_text: added,
  choice_starts: dateFields.choice_starts,
  choice_ends: dateFields.choice_ends,
  close_time_shown: shownBefore
}

const id = jsonId(messageKey('chooseOfThis'))

const JsonFields = z.object({
  ...common,
  choices: z
    .array(
      z.object({ id, choice_text: option.optional(), retired: truth.optional() }, messageKey('chooseOfThis')),
      messageKey('chooseOfThis')
    )
    .max(MAX_OPTION_ROWS, messageKey('chooseOfThis'))
    .default([]),
  close_time: closeTime('UTC'),
  retention_days: retentionDays,
  confirm: truth.default(false),
  revision: jsonRevision
})

const namedJson = readAddedDates('UTC')

/** An amendment as JSON; times are UTC. */
export const AmendBody = optionalBody(z.preprocess(namedJson, JsonFields))

/** The field of an option's text, and its id. */
const TEXT_FIELD = /^text-([1-9][0-9]{0,18})$/

/** Returns `choices` of the fields `text-5` and `retire` of a form. */
export function choicesIn(body: Record<string, unknown>) {
  const retired = new Set(listOf(body.retire).map(String))
  const texts = new Map(
    Object.entries(body).flatMap(([name, text]): Array<[string, unknown]> => {
      const named = TEXT_FIELD.exec(name)?.[1]
      return named === undefined ? [] : [[named, text]]
    })
  )
  const ids = [...new Set([...texts.keys(), ...retired])]
  return ids.map(named => ({
    id: named,
    choice_text: texts.get(named),
    ...(retired.has(named) && { retired: true })
  }))
}

/** Names the fields of a form as those of JSON. */
function namedFields(sent: unknown): Record<string, unknown> {
  const body = (sent ?? {}) as Record<string, unknown>
  const { retire: _read, ...rest } = body
  return readAddedDates(null)({ ...rest, choices: choicesIn(body) }) as Record<string, unknown>
}

/** A form cannot send `choices` itself, which would be dropped. */
function readForm(sent: unknown, context: z.RefinementCtx) {
  if ((sent as Record<string, unknown> | null | undefined)?.choices !== undefined)
    context.addIssue({
      code: 'custom',
      path: ['choices'],
      message: messageKey('changedAt', 'text-ID, retire')
    })
  return namedFields(sent)
}

const FormFields = z.object({
  ...common,
  choices: z
    .array(
      z.object({
        id: formId(messageKey('chooseOfThis')),
        choice_text: option.optional(),
        retired: z.boolean().optional()
      })
    )
    .max(MAX_OPTION_ROWS, messageKey('chooseOfThis'))
    .meta({ isInternal: true }),
  /** Part of `choices` by now. */
  retire: z
    .undefined()
    .optional()
    .meta({
      accepts: { anyOf: [sentFormId, { type: 'array', items: sentFormId, maxItems: MAX_OPTION_ROWS }] }
    }),
  close_time: z.preprocess(sentTime, closeTime(null)),
  retention_days: retentionDaysField,
  confirm: yesOrNo.default(false),
  revision: formRevision
})

/** An amendment as a form; times are in the poll's zone, the closing time in the site's. */
export const AmendForm = z
  .preprocess(readForm, FormFields)
  .meta({ patternProperties: { [TEXT_FIELD.source]: { type: 'string', maxLength: 200 } } })

/**
 * Reads the valid fields of an amendment without the others; undefined if its options cannot be
 * told apart.
 */
export function validFields(
  sent: unknown,
  isForm: boolean
): z.output<typeof JsonFields> | z.output<typeof FormFields> | undefined {
  const [schema, body] = isForm ? [FormFields, namedFields(sent)] : [JsonFields, namedJson(sent)]
  const wrong = schema.safeParse(body).error?.issues ?? []
  // A wrong item of `choices` leaves the others; `texts` has those whose text alone is wrong.
  const isItem = ({ path: [name, index] }: { path: PropertyKey[] }) =>
    name === 'choices' && index !== undefined
  const names = new Set(wrong.filter(issue => !isItem(issue)).map(({ path: [name] }) => name))
  const texts = new Set(
    wrong.map(({ path: [, index, field] }) => (field === 'choice_text' ? index : undefined))
  )
  const rest = Object.entries(body ?? {}).filter(([name]) => !names.has(name))
  const { choices, ...others } = Object.fromEntries(rest)
  // An item with a wrong text is an object.
  const valid = listOf(choices).map((one, n) =>
    texts.has(n) ? { ...(one as object), choice_text: undefined } : one
  )
  return schema.safeParse({ ...others, choices: valid }).data
}
