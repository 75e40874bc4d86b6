/** What was changed in a poll since its viewer voted. */
import type { FastifyRequest } from 'fastify'
import type { EditLine } from '../../models/polls/history.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { Reading } from './access.ts'

/** What a reader of the poll must know of an edit. */
const SHOWN_ACTS: ReadonlyArray<EditLine['act']> = [
  'question_text',
  'choice_text',
  'choice_added',
  'choice_suggested',
  'choice_retired',
  'results'
]

/** How an option comes into a poll with votes. */
const ADDING_ACTS: ReadonlySet<EditLine['act']> = new Set(['choice_added', 'choice_suggested'])

/**
 * Reads what was changed since the viewer voted, or since the revision of a form that was refused.
 * A vote in an anonymous poll does not say what its voter saw: then all changes, which may have
 * come after it. An option that is named in the vote, as far as its voter is told it, is not new to
 * its voter.
 */
export async function changesSince(
  { server }: FastifyRequest,
  { question, ballot }: Reading,
  ofForm: number | undefined
) {
  const ofVote = ballot ? (ballot.revision ?? 0) : question.revision
  const seen = ofForm ?? ofVote
  if (seen >= question.revision) return []
  const lines = await server.history.since(question.id, seen, SHOWN_ACTS)
  const isOwn = (option: number | null) => option !== null && ballot?.choice?.includes(option)
  return lines.filter(({ act, choice_id }) => !ADDING_ACTS.has(act) || !isOwn(choice_id))
}

/**
 * Adds to lines the option that each is about where that is a date: the line itself has it in the
 * poll's zone, in no language.
 */
export const withDates = <Line extends Pick<EditLine, 'choice_id'>>(
  lines: readonly Line[],
  { choices }: Pick<Question, 'choices'>
) =>
  lines.map(line => ({
    ...line,
    date: choices.find(({ id, starts }) => id === line.choice_id && starts !== null) ?? null
  }))

/** Returns what was changed in an option; its first text of several is the one that was seen. */
export const changeOf = (changes: readonly EditLine[], id: number) =>
  changes.find(({ act, choice_id }) => choice_id === id && act !== 'choice_retired')

/** The lines that a form shows beside an option. */
const BESIDE_OPTIONS: ReadonlySet<EditLine['act']> = new Set([
  'choice_text',
  'choice_added',
  'choice_suggested'
])

/**
 * Returns what a form tells above its options. `own`: the options of the viewer's vote. Those that
 * it cannot show any more are told also where the viewer has been told before.
 */
export function changesAbove(
  changes: readonly EditLine[],
  question: Pick<Question, 'choices'>,
  own: readonly number[]
) {
  const above = changes.filter(({ act }) => !BESIDE_OPTIONS.has(act))
  const isTold = (option: number) =>
    above.some(({ act, choice_id }) => act === 'choice_retired' && choice_id === option)
  const more = question.choices
    .filter(({ id, retired }) => retired && own.includes(id) && !isTold(id))
    .map(one => ({ act: 'choice_retired', choice_id: one.id, before: one.choice_text, after: null }) as const)
  return withDates([...above, ...more], question)
}
