/** Input that creates or edits a poll: the same fields as a form and as JSON. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { pastedLines } from '../values/pasted-list.ts'
import { visibleForm } from '../values/text.ts'
import { AUDIENCES } from '../values/audience.ts'
import { COUNT_METHODS, KINDS, MAX_OPTIONS } from '../values/kinds.ts'
import { doneField, isBody, oneOf, optionalBody, optionalDigits, ownField, wholeNumber } from './fields.ts'
import { choices as choicesAsAnswered, readOptions } from './poll-choices.ts'
import { dateFields, readDateFields, readDates } from './poll-dates.ts'
import { PRIVACIES } from '../values/privacy.ts'
import { RESULT_AUDIENCES } from '../values/results.ts'
import { listOf } from '../values/list.ts'
import { budget, correct, fitting, limited } from './poll-kind.ts'
import { ruled } from './poll-rules.ts'
import {
  capacity,
  capacityField,
  maxBallots,
  maxBallotsField,
  quorum,
  quorumPercent,
  quorumPercentField,
  threshold
} from './poll-seats.ts'
import { retentionDays, retentionDaysField } from './retention.ts'
import { formRevision, jsonRevision, TextId } from './ids.ts'
import { suggestionMode } from './suggestions.ts'
import { line, lines, optionLine } from './text.ts'
import { truth, yesOrNo } from './truth.ts'

/** A description; empty: none. */
export const descriptionText = lines(2000, messageKey('descriptionOrNothing'))
const description = descriptionText.default('')

/** Options that are read: one more than allowed causes the error, further ones are ignored. */
const MAX_READ_CHOICES = MAX_OPTIONS + 1

/**
 * Lists the sent options without empty ones, because a form may have unused fields. `split`
 * splits a text into options, for pasted lines. Stops after `max`.
 */
function readChoices(value: unknown, split: (text: string) => string[], max: number): unknown[] {
  const read: unknown[] = []
  for (const sent of listOf(value)) {
    const texts = typeof sent === 'string' ? split(sent).filter(text => text.trim() !== '') : [sent]
    read.push(...texts.slice(0, max - read.length))
    if (read.length === max) break
  }
  return read
}

const filled = (value: unknown) => readChoices(value, text => [text], MAX_READ_CHOICES)

/** Lists the options of a form, at most `max`: each pasted line is one. */
export const pastedOptions = (value: unknown, max = MAX_READ_CHOICES) => readChoices(value, pastedLines, max)

const choices = z
  .array(optionLine(200, messageKey('option')), messageKey('twoOptions'))
  .min(2, messageKey('twoOptions'))
  .max(MAX_OPTIONS, messageKey('tooManyOptions', MAX_OPTIONS))
  .refine(texts => new Set(texts.map(visibleForm)).size === texts.length, messageKey('sameOptions'))

/** How a client may send options: JSON as a list, a form also as one text. */
const sentChoices = {
  type: 'array',
  items: { type: 'string', maxLength: 200 },
  minItems: 2,
  maxItems: MAX_OPTIONS
} as const

/** Who sees the results. */
export const whoSeesResults = oneOf(...RESULT_AUDIENCES)

/** What was sent for a time: without a script a form has a second field, with times to choose. */
export const sentTime = (value: unknown) => (Array.isArray(value) ? (value.find(Boolean) ?? '') : value)

/**
 * A wall clock time in this zone; null: the site's zone. An empty text and null: no closing time.
 */
export const closeTime = (zone: 'UTC' | null) =>
  z
    .string(messageKey('time'))
    .trim()
    .max(40, messageKey('time'))
    .nullish()
    .transform(wall => (wall ? { wall, zone } : wall === undefined ? undefined : null))

/**
 * What a form has shown in a field that changes without a new revision: what is sent unchanged
 * leaves what is stored.
 */
export const shownBefore = ownField(z.string().max(40))

/** Identifies a request, so that a repeat creates no second poll. */
export const Nonce = z.string().regex(/^[\x21-\x7e]{8,128}$/, messageKey('nonce'))

/** The same as a header, where the body has no nonce. */
export const IdempotencyHeaders = z.object({ 'Idempotency-Key': Nonce.optional() })

const common = {
  question_text: line(200, messageKey('question')),
  description,
  kind: oneOf(...KINDS).default('single'),
  count_method: oneOf(...COUNT_METHODS)
    .nullish()
    .transform(method => method ?? 'irv'),
  audience: oneOf(...AUDIENCES).default('link'),
  privacy: oneOf(...PRIVACIES).default('hidden'),
  results: whoSeesResults.default('always'),
  suggestions: suggestionMode.default('off'),
  ...dateFields,
  threshold,
  close_time_shown: shownBefore,
  suggestions_shown: shownBefore,
  /** The template with which a form began. */
  template: ownField(TextId),
  nonce: Nonce.optional()
}

const count = wholeNumber(1, MAX_OPTIONS)

const countField = optionalDigits(/^[0-9]{1,2}$/, count)

const PollObject = z.object({
  ...common,
  choices: choicesAsAnswered,
  choice_text: z.preprocess(filled, choices).meta({ accepts: sentChoices, isAlternative: true }),
  correct,
  min_choices: count.optional(),
  max_choices: count.optional(),
  budget: budget.nullish(),
  capacity,
  max_ballots: maxBallots,
  quorum,
  quorum_percent: quorumPercent,
  retention_days: retentionDays,
  revote: truth.default(true),
  listed: truth.default(false),
  close_time: closeTime('UTC'),
  revision: jsonRevision
})

const readJson = (body: unknown) => readDates(readOptions(body))

/** A poll as JSON; times are UTC. */
export const PollBody = limited(z.preprocess(readJson, fitting(ruled(PollObject))))

const PollFormObject = z.object({
  ...common,
  choice_text: z
    .preprocess(value => pastedOptions(value), choices)
    .meta({
      accepts: { anyOf: [sentChoices, { type: 'string', description: 'One option a line.' }] },
      isAlternative: true
    }),
  min_choices: countField,
  max_choices: countField,
  budget: optionalDigits(/^[0-9]{1,3}$/, budget),
  capacity: capacityField,
  max_ballots: maxBallotsField,
  quorum: maxBallotsField,
  quorum_percent: quorumPercentField,
  retention_days: retentionDaysField,
  revote: yesOrNo.default(true),
  listed: yesOrNo.default(false),
  close_time: z.preprocess(sentTime, closeTime(null)),
  revision: formRevision
})

/** A poll as a form; times are in the poll's zone, the closing time in the site's. */
export const PollForm = limited(z.preprocess(readDateFields, fitting(ruled(PollFormObject))))

export type Poll = z.output<typeof PollBody>

/** Stand for required fields that are wrong. */
const STAND_INS = { question_text: '-', choice_text: ['1', '2'] }

/** Reads the valid fields of a poll that was refused, only to judge them. Undefined: no body. */
export function validPoll(sent: unknown, isForm: boolean): Poll | undefined {
  const schema = isForm ? PollFormObject : PollObject
  const body = isForm ? readDateFields(sent) : readJson(sent)
  if (!isBody(body)) return undefined
  const wrong = new Set(schema.safeParse(body).error?.issues.map(({ path: [name] }) => name))
  const valid = Object.entries(body).filter(([name]) => !wrong.has(name))
  return limited(schema).safeParse({ ...STAND_INS, ...Object.fromEntries(valid) }).data
}

/** A beginning that the form of a new poll is filled with. */
export const PresetQuery = z.object({
  preset: ownField(z.enum(['date', 'quick', 'ticket'])),
  template: ownField(TextId),
  done: doneField('deleted')
})
export type Preset = NonNullable<z.output<typeof PresetQuery>['preset']>

/** Duplicates a poll. */
export const DuplicateBody = optionalBody(z.object({ nonce: Nonce.optional() }))
