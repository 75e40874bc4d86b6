/**
 * Changes everything in a poll that never had a vote, as its form has it. The question's row is
 * locked.
 */
import type { Fields } from '../../app-error.ts'
import type { Transaction } from '../../db/database.ts'
import { EditConflict, HasVotes } from '../../errors.ts'
import { Mistakes } from '../../mistakes.ts'
import { keptMarks } from '../../values/quiz.ts'
import { takesSuggestions } from '../../values/suggestions.ts'
import { createPollKey } from '../voting/poll-keys.ts'
import { forgetSuggesters, refuseWaiting } from '../voting/suggestion-rows.ts'
import { requireKept } from './amendment.ts'
import { WITHDRAWN } from './decisions.ts'
import {
  addChoices,
  type Draft,
  requireCloseTime,
  requireUnlisted,
  storedColumns,
  storedValues
} from './draft.ts'
import type { LockedRow, Owner } from './locked-poll.ts'

interface Edited {
  id: number
  row: LockedRow
  owner: Owner
}

/**
 * Replaces a poll by a draft. `revision`: what the form was made of; `known`: mistakes in it.
 * Returns whether a right option of a quiz has lost its mark. Throws HasVotes, EditConflict,
 * InvalidInput.
 */
export async function rewrite(
  tx: Transaction,
  { id, row, owner }: Edited,
  draft: Draft,
  { revision, known }: { revision: number | undefined; known: Fields }
): Promise<boolean> {
  if (row.voted) throw new HasVotes()
  if (revision !== undefined && revision !== row.revision) throw new EditConflict()
  const mistakes = new Mistakes(known)
  mistakes.collect(() => requireUnlisted(owner, draft))
  mistakes.collect(() => requireCloseTime(draft, row))
  mistakes.collect(() => requireKept({ ...draft, closed_time: row.closed_time }, row.now))
  mistakes.throwIfAny()
  const sets = storedColumns.map(column => `${column} = ?`).join(', ')
  const sql = `UPDATE question SET ${sets}, revision = revision + 1, suggested = 0, ${WITHDRAWN} WHERE id = ?`
  await tx.execute(sql, [...storedValues(draft), id])
  const isUnmarked = await replaceChoices(tx, { id, row }, draft)
  if (!takesSuggestions(draft.kind)) await refuseWaiting(tx, id)
  // Its votes have other keys: an account would stand beside a text, and the option join no ballot.
  if ((row.privacy === 'anonymous') !== (draft.privacy === 'anonymous')) await forgetSuggesters(tx, id)
  // A key stays, also where the poll becomes another: a vote that is under way may have been made
  // with it.
  if (draft.privacy === 'anonymous' && row.open) await createPollKey(tx, id)
  return isUnmarked
}

const textsOf = (options: ReadonlyArray<{ choice_text: string }>) =>
  options.map(({ choice_text }) => choice_text)

/**
 * Stores the options of a draft instead of the former ones. An option keeps its id where a vote for
 * it still means the same, so that a form that is open keeps its choice. A vote for any other
 * former option finds nothing to count for. Returns whether a right option has lost its mark.
 */
async function replaceChoices(
  tx: Transaction,
  { id, row }: Pick<Edited, 'id' | 'row'>,
  draft: Draft
): Promise<boolean> {
  const former = await tx.select<{ id: number; choice_text: string; correct: number }>(
    `SELECT id, choice_text, correct FROM choice WHERE question_id = ? AND delete_flag = 0
     ORDER BY position, id`,
    [id]
  )
  const isSame = row.question_text === draft.question_text && row.kind === draft.kind
  const ids = new Map(isSame ? former.map(one => [one.choice_text, one.id]) : [])
  const marked = textsOf(former.filter(one => one.correct))
  const quiz = { question_text: row.question_text, choice_text: textsOf(former), correct: marked }
  const correct = draft.correct ?? keptMarks(quiz, draft)
  await tx.execute('DELETE FROM choice WHERE question_id = ?', [id])
  await addChoices(tx, id, { ...draft, correct }, ids)
  return correct.length < marked.length
}
