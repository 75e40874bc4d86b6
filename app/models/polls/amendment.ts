/** What may be changed in a poll with votes, so that no vote gets another meaning. Pure. */
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { Mistakes } from '../../mistakes.ts'
import { optionsOf } from '../../values/choices.ts'
import { MAX_OPTION_ROWS, MAX_OPTIONS, MAX_RANKED_OPTIONS } from '../../values/kinds.ts'
import type { OptionDate } from '../../values/dates.ts'
import { widerAudiences } from '../../values/results.ts'
import { deletionTime } from '../../values/retention.ts'
import { visibleForm } from '../../values/text.ts'
import type { Edit } from './history.ts'
import type { ListedQuestion } from './question-row.ts'

/** What the owner asks to change. What is missing stays. */
export interface Amendment {
  question_text?: string | undefined
  description?: string | undefined
  results?: ListedQuestion['results'] | undefined
  /** UTC, in the database's form; null: no closing time. */
  close_time?: string | null | undefined
  /** Days from closing to deletion; null: it is kept. */
  retention_days?: number | null | undefined
  /** Options of the poll, by id. `retired`: it can no longer be chosen, and keeps its votes. */
  choices: ReadonlyArray<{ id: number; choice_text?: string | undefined; retired?: boolean | undefined }>
  /** New options. */
  choice_text: readonly string[]
  /** The days or times of the new options, by index; empty: they are texts. */
  dates: readonly OptionDate[]
  /** The owner has read that earlier voters could not choose the new options. */
  confirm: boolean
}

export interface StoredChoice {
  id: number
  choice_text: string
  retired: boolean
  /** Voters that the option takes; null: any number. */
  capacity: number | null
}

/** The columns of `question` that an amendment depends on. */
export const STORED_COLUMNS = [
  'revision',
  'question_text',
  'description',
  'results',
  'privacy',
  'close_time',
  'kind',
  'min_choices',
  'max_choices',
  'max_fixed',
  'time_zone',
  'retention_days'
] as const

/** A poll as it is stored. */
export interface Stored extends Pick<ListedQuestion, (typeof STORED_COLUMNS)[number]> {
  choices: readonly StoredChoice[]
  /** The option that the organiser has decided for. */
  decided_id: number | null
}

/** What is changed, and how its line of the history says it. */
export interface Change extends Edit {
  /** The day or time of a new option. */
  date?: OptionDate | undefined
}

/** Makes the error of one field. */
export const refuse = (field: string, message: string) => new InvalidInput({ [field]: message })

const edit = (
  act: Edit['act'],
  before: string | null,
  after: string | null,
  choice_id: number | null = null
) => ({
  act,
  choice_id,
  before,
  after
})

/** Lists the changed options. Throws InvalidInput. */
function choiceEdits(
  { choices: stored, time_zone, decided_id }: Stored,
  { choices: asked }: Amendment
): Edit[] {
  if (new Set(asked.map(({ id }) => id)).size < asked.length)
    throw refuse('choices', messageKey('chooseOnce'))
  const isDates = time_zone !== null
  return asked.flatMap(({ id, choice_text: text, retired }) => {
    const choice = stored.find(one => one.id === id)
    if (!choice) throw refuse('choices', messageKey('chooseOfThis'))
    const isReworded = text !== undefined && text !== choice.choice_text
    if (isReworded && isDates) throw refuse('choices', messageKey('datesStay'))
    if (retired === false && choice.retired) throw refuse('choices', messageKey('retiredStays'))
    if (retired && id === decided_id) throw refuse('choices', messageKey('decidedStays'))
    return [
      ...(isReworded ? [edit('choice_text', choice.choice_text, text, id)] : []),
      ...(retired && !choice.retired ? [edit('choice_retired', text ?? choice.choice_text, null, id)] : [])
    ]
  })
}

/** Refuses a text that another option has or had: votes of the one would look like the other's. */
function requireDistinct({ choices, time_zone }: Stored, edits: readonly Edit[], added: readonly string[]) {
  const reworded = edits.filter(({ act }) => act === 'choice_text')
  const texts = [
    ...reworded.map(({ choice_id: id, after }) => ({ id, text: after! })),
    ...added.map(text => ({ id: null, text }))
  ]
  const seen = new Set<string>()
  for (const { id, text } of texts) {
    const form = visibleForm(text)
    const isTaken = choices.some(one => one.id !== id && visibleForm(one.choice_text) === form)
    if (isTaken || seen.has(form)) {
      if (time_zone !== null) throw refuse('choice_starts', messageKey('sameDates'))
      throw refuse(id === null ? 'choice_text' : 'choices', messageKey('sameOptions'))
    }
    seen.add(form)
  }
}

/** Lists a change of the time for which the poll is kept. As told to voters, or shorter. */
function retentionEdits({ retention_days: before }: Stored, after: number | null | undefined): Edit[] {
  if (after === undefined || after === before) return []
  if (after === null || (before !== null && after > before))
    throw refuse('retention_days', messageKey('retentionOnlyShorter'))
  return [edit('retention_days', before === null ? null : String(before), String(after))]
}

/** Throws InvalidInput for days that would delete the poll at once: a deletion is confirmed. */
export function requireKept(kept: Parameters<typeof deletionTime>[0], now: string) {
  const end = deletionTime(kept)
  if (end !== null && end <= now) throw refuse('retention_days', messageKey('deleteInstead'))
}

/** Throws InvalidInput if so many options cannot be voted on. */
function requireCount({ kind, min_choices, choices, time_zone }: Stored, active: number, added: number) {
  const maxOptions = kind === 'ranked' ? MAX_RANKED_OPTIONS : MAX_OPTIONS
  if (added > 0 && (active > maxOptions || choices.length + added > MAX_OPTION_ROWS))
    throw refuse(
      time_zone === null ? 'choice_text' : 'choice_starts',
      messageKey('tooManyOptions', maxOptions)
    )
  const least = Math.max(2, kind === 'multiple' ? min_choices : 0)
  if (active < least) throw refuse('choices', messageKey('optionsLeft', least))
}

/** Refuses new options that are not of the kind that the poll has. */
function requireSameKind({ time_zone }: Stored, { choice_text: added, dates }: Amendment) {
  if (time_zone === null && dates.length > 0) throw refuse('choice_starts', messageKey('optionsAreTexts'))
  if (time_zone !== null && dates.length < added.length)
    throw refuse('choice_text', messageKey('optionsAreDates'))
}

/** Throws InvalidInput for results that others see than voters were told. */
function requireWider(stored: Stored, { results }: Amendment) {
  if (results === undefined || widerAudiences(stored).includes(results)) return
  const message = stored.privacy === 'public' ? messageKey('namesStay') : messageKey('resultsOnlyWider')
  throw refuse('results', message)
}

/** Throws InvalidInput for new options that the owner has not confirmed. */
function requireConfirmed({ choice_text: added, confirm }: Amendment) {
  if (added.length > 0 && !confirm) throw refuse('confirm', messageKey('confirmOptions'))
}

/**
 * Lists what an amendment changes, and how many options can be chosen afterwards. Pure. Throws
 * InvalidInput for all that cannot be changed after the first vote.
 */
export function editsOf(stored: Stored, amendment: Amendment): { edits: Change[]; active: number } {
  const { question_text, description, results, close_time, choice_text: added } = amendment
  const mistakes = new Mistakes()
  const ofChoices = mistakes.collect(() => choiceEdits(stored, amendment)) ?? []
  mistakes.collect(() => requireSameKind(stored, amendment))
  mistakes.collect(() => requireDistinct(stored, ofChoices, added))
  const retired = ofChoices.filter(({ act }) => act === 'choice_retired').length
  const active = optionsOf(stored).length - retired + added.length
  if (retired + added.length > 0) mistakes.collect(() => requireCount(stored, active, added.length))
  mistakes.collect(() => requireConfirmed(amendment))
  mistakes.collect(() => requireWider(stored, amendment))
  const ofRetention = mistakes.collect(() => retentionEdits(stored, amendment.retention_days)) ?? []
  mistakes.throwIfAny()
  const changed = (act: Edit['act'], before: string | null, after: string | null | undefined) =>
    after === undefined || after === before ? [] : [edit(act, before, after)]
  const edits = [
    ...changed('question_text', stored.question_text, question_text),
    ...changed('description', stored.description, description),
    ...ofChoices,
    ...added.map((text, n) => ({ ...edit('choice_added', null, text), date: amendment.dates[n] })),
    ...changed('close_time', stored.close_time, close_time),
    ...changed('results', stored.results, results),
    ...ofRetention
  ]
  return { edits, active }
}
