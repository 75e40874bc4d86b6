/** Ballots as rows of the table `vote`. */
import type { Statement } from '../../db/database.ts'
import { keyFor, type StoredBallot, type VoterOf } from './ballot.ts'

export type VoteRow = Omit<StoredBallot, 'choice' | 'value' | 'name'> & {
  voter: string
  choice_id: number
  value: number | null
  name: string | null
}

/** SQLite limits the depth of an expression to 1,000, and each OR of a group adds one. */
const VOTERS_IN_GROUP = 100

/**
 * Returns the condition for the rows of these voters, and its arguments. It is written with OR because MariaDB uses no
 * index where a DELETE or UPDATE has a single pair in `(question_id, voter) IN (...)`: it locks every row of the table,
 * and two such transactions deadlock. `prefix`: of the columns, `v.` in a join.
 */
export function ofVoters(
  voters: readonly VoterOf[],
  prefix: '' | 'v.' = ''
): [condition: string, args: Array<number | string>] {
  const groups: string[] = []
  for (let from = 0; from < voters.length; from += VOTERS_IN_GROUP) {
    const group = voters.slice(from, from + VOTERS_IN_GROUP)
    groups.push(`(${group.map(() => `(${prefix}question_id = ? AND ${prefix}voter = ?)`).join(' OR ')})`)
  }
  return [`(${groups.join(' OR ')})`, voters.flatMap(({ question, voter }) => [question, voter])]
}

/** Selects the ballots of these voters, ordered by voter and slot. */
export const selectBallots = (voters: readonly VoterOf[]): Statement => {
  const [isOfVoters, args] = ofVoters(voters)
  return [
    `SELECT question_id, voter, choice_id, value, name, revision, receipt, cast_time FROM vote
     WHERE ${isOfVoters} ORDER BY question_id, voter, slot`,
    args
  ]
}

/** Makes ballots, by `keyFor`, from rows that are ordered by voter and slot. */
export function toBallots(rows: readonly VoteRow[]): Map<string, StoredBallot> {
  const ballots = new Map<string, StoredBallot>()
  for (const { voter, choice_id, value, name, ...row } of rows) {
    const key = keyFor({ question: row.question_id, voter })
    const ballot = ballots.get(key)
    if (!ballot) {
      const more = { ...(value !== null && { value: [value] }), ...(name !== null && { name }) }
      ballots.set(key, { ...row, choice: [choice_id], ...more })
      continue
    }
    ballot.choice.push(choice_id)
    if (value !== null) ballot.value?.push(value)
  }
  return ballots
}
