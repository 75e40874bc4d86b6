/** What was changed in a poll since its viewer voted. */
import type { FastifyRequest } from 'fastify'
import type { EditLine } from '../../models/polls/history.ts'
import type { Reading } from './access.ts'

/** What a reader of the poll must know of an edit. */
const SHOWN_ACTS: ReadonlySet<EditLine['act']> = new Set([
  'question_text',
  'choice_text',
  'choice_added',
  'choice_suggested',
  'choice_retired',
  'results'
])

/** Reads what was changed since the viewer voted, or since the revision of a form that was refused. */
export async function changesSince(
  { server }: FastifyRequest,
  { question, ballot }: Reading,
  ofForm: number | undefined
) {
  // A vote in an anonymous poll does not say what its voter saw.
  const ofVote = question.privacy === 'anonymous' ? undefined : ballot?.revision
  const seen = ofForm ?? ofVote ?? question.revision
  if (seen >= question.revision) return []
  const lines = await server.history.since(question.id, seen)
  return lines.filter(({ act }) => SHOWN_ACTS.has(act))
}

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
 * Returns what a form tells above its options. `lost`: options of the viewer's vote that it cannot show any more, also
 * where the viewer has been told before.
 */
export function changesAbove(
  changes: readonly EditLine[],
  lost: ReadonlyArray<{ id: number; choice_text: string }>
): Array<Pick<EditLine, 'act' | 'before' | 'after'>> {
  const above = changes.filter(({ act }) => !BESIDE_OPTIONS.has(act))
  const isTold = (id: number) =>
    above.some(({ act, choice_id }) => act === 'choice_retired' && choice_id === id)
  const more = lost.filter(({ id }) => !isTold(id))
  return [
    ...above,
    ...more.map(one => ({ act: 'choice_retired' as const, before: one.choice_text, after: null }))
  ]
}
