/** The numbers of a poll that its events tell. */
import type { Transaction } from '../../db/database.ts'
import { countedOptionsOf } from '../../values/choices.ts'
import { isOpen, type Question } from '../polls/question-row.ts'
import { optionJson, outcomeJson } from '../results/outcome-json.ts'

/** The numbers of a result whose ballots have values or ranks, without how they were counted. */
function countedNumbers(result: Question) {
  const { winners } = outcomeJson(result)
  const choices = countedOptionsOf(result).map(({ id, choice_text, votes }) => ({
    id,
    choice_text,
    votes,
    ...optionJson(result, id)
  }))
  return { voters: result.voters, winners, choices }
}

/**
 * Reads the numbers of a poll; undefined where not everyone may see them. `result`: where its
 * ballots have values or ranks. One statement reads the others: of two, a vote between them would
 * be in one number only. Its condition on options is that of `countedOptionsOf`.
 */
export async function readNumbers(tx: Transaction, question: number, result: Question | undefined) {
  const rows = await tx.select<{ voters: number; id: number; choice_text: string; votes: number }>(
    `SELECT q.voters, c.id, c.choice_text, c.votes FROM question q JOIN choice c ON c.question_id = q.id
     WHERE q.id = ? AND (q.results = 'always' OR (q.results <> 'owner' AND NOT ${isOpen(tx.dialect.clock)}))
       AND (c.delete_flag = 0 OR c.votes > 0)
     ORDER BY c.position, c.id`,
    [question]
  )
  const [first] = rows
  if (!first) return undefined
  if (result) return countedNumbers(result)
  return { voters: first.voters, choices: rows.map(({ voters: _voters, ...choice }) => choice) }
}
