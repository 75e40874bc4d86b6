/** What a kind of poll asks of its ballots, and which options are right. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import {
  ballotForm,
  type CountMethod,
  DEFAULT_BUDGET,
  type Kind,
  MAX_BUDGET,
  MAX_OPTIONS,
  MAX_RANKED_OPTIONS,
  MIN_BUDGET,
  namedOptions
} from '../values/kinds.ts'
import { type SuggestionMode, takesSuggestions } from '../values/suggestions.ts'
import { wholeNumber } from './fields.ts'
import { where } from './poll-rules.ts'
import { capacitiesOf, type capacity } from './poll-seats.ts'
import { optionLine } from './text.ts'

/** The points of a ballot. */
export const budget = wholeNumber(MIN_BUDGET, MAX_BUDGET)

/** The texts of the right options of a quiz; missing: an edit keeps those that are marked. */
export const correct = z
  .array(optionLine(200, messageKey('chooseOfThis')), messageKey('chooseOfThis'))
  .max(MAX_OPTIONS, messageKey('chooseOfThis'))
  .transform(texts => [...new Set(texts)])
  .nullish()
  .meta({
    accepts: { type: ['array', 'null'], items: { type: 'string', maxLength: 200 }, maxItems: MAX_OPTIONS }
  })

interface Limits {
  kind: Kind
  count_method: CountMethod
  budget?: number | null | undefined
  min_choices?: number | undefined
  max_choices?: number | undefined
  choice_text: string[]
  correct?: string[] | null | undefined
  capacity?: z.output<typeof capacity>
  suggestions: SuggestionMode
}

/** The options that a ballot names. Only of `multiple` the organiser says how many. */
function limitsOf({ kind, min_choices, max_choices, choice_text: { length: all } }: Limits) {
  const [least, most] = namedOptions(kind, all) ?? [min_choices ?? 1, max_choices ?? all]
  return {
    min_choices: least,
    max_choices: most,
    max_fixed: kind === 'multiple' && max_choices !== undefined
  }
}

/** Sets what a kind asks of ballots. */
const limits = <T extends Limits>(poll: T) => ({
  ...poll,
  ...limitsOf(poll),
  count_method: poll.kind === 'ranked' ? poll.count_method : null,
  budget: poll.kind === 'dots' ? (poll.budget ?? DEFAULT_BUDGET) : null,
  capacity: capacitiesOf(poll)
})

/** Sets what a kind asks of ballots. */
export const limited = <T extends z.ZodType<Limits>>(poll: T) => poll.transform(limits)

/** Checks what a kind asks of ballots. */
export const fitting = <T extends z.ZodType<Limits>>(poll: T) =>
  poll
    .refine(({ kind, choice_text }) => kind !== 'ranked' || choice_text.length <= MAX_RANKED_OPTIONS, {
      path: ['choice_text'],
      error: messageKey('tooManyOptions', MAX_RANKED_OPTIONS),
      when: where('kind', 'choice_text')
    })
    .refine(one => capacitiesOf(one).length === 0 || ballotForm(one.kind) === 'choose', {
      path: ['capacity'],
      error: messageKey('seatsNeedChoice'),
      when: where('kind', 'choice_text', 'capacity')
    })
    .refine(({ kind, correct }) => !correct?.length || ballotForm(kind) === 'choose', {
      path: ['correct'],
      error: messageKey('noQuiz'),
      when: where('kind', 'correct')
    })
    .refine(({ choice_text, correct }) => !correct || correct.every(text => choice_text.includes(text)), {
      path: ['correct'],
      error: messageKey('chooseOfThis'),
      when: where('choice_text', 'correct')
    })
    .refine(({ kind, suggestions }) => suggestions === 'off' || takesSuggestions(kind), {
      path: ['suggestions'],
      error: messageKey('suggestionsNeedChoice'),
      when: where('kind', 'suggestions')
    })
    .refine(one => [0, one.choice_text.length].includes(capacitiesOf(one).length), {
      path: ['capacity'],
      error: messageKey('seatsEach'),
      when: where('choice_text', 'capacity')
    })
    .refine(one => limitsOf(one).min_choices <= limitsOf(one).max_choices, {
      path: ['min_choices'],
      error: messageKey('moreThanMost'),
      when: where('kind', 'choice_text', 'min_choices', 'max_choices')
    })
    .refine(one => limitsOf(one).max_choices <= one.choice_text.length, {
      path: ['max_choices'],
      error: messageKey('moreThanOptions'),
      when: where('kind', 'choice_text', 'max_choices')
    })
