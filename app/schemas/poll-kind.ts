/** What a kind of poll asks of its ballots: how many options they name, and their points. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import {
  type CountMethod,
  DEFAULT_BUDGET,
  type Kind,
  MAX_BUDGET,
  MAX_RANKED_OPTIONS,
  MAX_RANKS,
  MIN_BUDGET
} from '../values/kinds.ts'

/** The points of a ballot. */
export const budget = z
  .int(messageKey('wholeNumber'))
  .min(MIN_BUDGET, messageKey('atLeast', MIN_BUDGET))
  .max(MAX_BUDGET, messageKey('atMost', MAX_BUDGET))

interface Limits {
  kind: Kind
  count_method: CountMethod
  budget?: number | undefined
  min_choices?: number | undefined
  max_choices?: number | undefined
  choice_text: string[]
  choice_starts: unknown[] | null
}

/** The options that a ballot names, by kind. Only of `multiple` the organiser says how many. */
function namedOptions({ kind, min_choices, max_choices, choice_text: { length: all } }: Limits) {
  const range = (least: number, most: number) => ({ min_choices: least, max_choices: most })
  if (kind === 'multiple') return range(min_choices ?? 1, max_choices ?? all)
  if (kind === 'single') return range(1, 1)
  if (kind === 'answers') return range(all, all)
  return range(1, kind === 'ranked' ? Math.min(all, MAX_RANKS) : all)
}

/** Sets what a kind asks of ballots. */
const limits = <T extends Limits>(poll: T) => ({
  ...poll,
  ...namedOptions(poll),
  count_method: poll.kind === 'ranked' ? poll.count_method : null,
  budget: poll.kind === 'dots' ? (poll.budget ?? DEFAULT_BUDGET) : null
})

/** Sets what a kind asks of ballots, and checks it. */
export const limited = <T extends z.ZodType<Limits>>(poll: T) =>
  poll
    .transform(limits)
    .refine(({ kind, choice_text }) => kind !== 'ranked' || choice_text.length <= MAX_RANKED_OPTIONS, {
      path: ['choice_text'],
      error: messageKey('tooManyOptions', MAX_RANKED_OPTIONS)
    })
    .refine(({ kind, choice_starts }) => choice_starts === null || kind === 'answers', {
      path: ['choice_starts'],
      error: messageKey('datesNeedAnswers')
    })
    .refine(({ choice_text, max_choices }) => max_choices <= choice_text.length, {
      path: ['max_choices'],
      error: messageKey('moreThanOptions')
    })
    .refine(({ min_choices, max_choices }) => min_choices <= max_choices, {
      path: ['min_choices'],
      error: messageKey('moreThanMost')
    })
