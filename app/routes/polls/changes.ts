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
