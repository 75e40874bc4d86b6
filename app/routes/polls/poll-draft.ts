/** Makes the draft of a poll of what was sent: closing time and options in UTC. */
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { Mistakes } from '../../mistakes.ts'
import type { Draft } from '../../models/polls/draft.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { Poll } from '../../schemas/poll.ts'
import { type OptionDate, readTime } from '../../values/dates.ts'
import { defaultRetention, isAllowedRetention, type RetentionRules } from '../../values/retention.ts'
import { keptMarks } from '../../values/quiz.ts'
import { takesSuggestions } from '../../values/suggestions.ts'
import { isOffered, parseOffered, toWall } from '../../values/time.ts'
import { datesOf } from './draft-dates.ts'

/**
 * Returns the closing time that was asked for, in UTC. A form shows `current` without seconds, and
 * an hour that comes twice without saying which: what it sends back unchanged stays as it is.
 * `shown`: what the form has shown, which may be older than `current`. Throws InvalidInput.
 */
export function closeTimeOf<T extends null | undefined>(
  wanted: Exclude<Poll['close_time'], null | undefined> | T,
  timeZone: string,
  current: string | null = null,
  shown?: string
) {
  if ((wanted?.wall ?? '') === shown) return current
  if (!wanted) return wanted
  const zone = wanted.zone ?? timeZone
  if (current !== null && wanted.wall === (wanted.zone ? current : toWall(current, zone))) return current
  const time = wanted.zone ? readTime(wanted.wall) : parseOffered(wanted.wall, zone)
  if (time !== undefined) return time
  throw new InvalidInput({
    close_time: wanted.zone ? messageKey('noSuchTime') : messageKey('noSuchTimeIn', timeZone)
  })
}

/** The settings of the instance that a draft follows. */
export type Rules = RetentionRules & { time_zone: string }

/**
 * Returns the days for which a poll is kept; undefined asks for those of the instance. Throws
 * InvalidInput.
 */
export function retentionOf(sent: number | null | undefined, rules: RetentionRules): number | null {
  const days = sent === undefined ? defaultRetention(rules) : sent
  if (isAllowedRetention(days, rules)) return days
  throw new InvalidInput({ retention_days: messageKey('retentionMost', rules.max_retention_days ?? 0) })
}

/** What of a poll a form may not show in full, and leaves as it is. */
export interface Current extends Pick<Question, 'close_time' | 'suggestions' | 'time_zone'> {
  dates: readonly OptionDate[]
  /** A template, with its right options. */
  quiz?: Pick<Draft, 'question_text' | 'choice_text' | 'correct'>
}

/** Returns the days and times of a poll in this zone: a form in another zone has shown others. */
const datesIn = (current: Current | null, timeZone: string): readonly OptionDate[] =>
  current?.time_zone === timeZone ? current.dates : []

/**
 * Makes a draft of what was sent; `current`: the poll that it changes, or the template with which
 * its form began. Adds all fields that are wrong to `mistakes`: then the draft must not be stored.
 */
export function readDraft(
  {
    nonce: _nonce,
    revision: _revision,
    template: _template,
    choices: _choices,
    close_time,
    close_time_shown: shown,
    suggestions_shown,
    choice_starts,
    choice_ends: _ends,
    time_zone,
    choice_text,
    correct: marked,
    retention_days,
    ...rest
  }: Poll,
  settings: Rules,
  current: Current | null,
  mistakes: Mistakes
): Draft {
  const { time_zone: timeZone } = settings
  const zone = time_zone || timeZone
  const days = mistakes.collect(() => retentionOf(retention_days, settings)) ?? null
  const closes = mistakes.collect(() => closeTimeOf(close_time, timeZone, current?.close_time, shown)) ?? null
  const options = choice_starts
    ? datesOf(choice_starts, zone, datesIn(current, zone), mistakes)
    : { time_zone: null, dates: [], choice_text }
  const closesIn = close_time && !close_time.zone && isOffered(close_time.wall) ? close_time.wall : undefined
  const isModeKept = rest.suggestions === suggestions_shown && takesSuggestions(rest.kind)
  const suggestions = (isModeKept && current?.suggestions) || rest.suggestions
  const quiz = current?.quiz
  // Of another question the same texts, such as "yes", may be wrong.
  const isSameQuiz = quiz?.question_text === rest.question_text
  const correct = marked ?? (quiz && isSameQuiz ? keptMarks(quiz, { ...rest, ...options }) : undefined)
  return { ...rest, suggestions, close_time: closes, closesIn, retention_days: days, correct, ...options }
}

/** Makes the draft of a new poll. Throws InvalidInput with all fields that are wrong. */
export function draftOf(poll: Poll, settings: Rules): Draft {
  const mistakes = new Mistakes()
  const draft = readDraft(poll, settings, null, mistakes)
  mistakes.throwIfAny()
  return draft
}
