/** Ballots as rows of the table `vote`. */
import type { Queries, Sql, Statement } from '../../db/database.ts'
import { inParts } from '../../values/parts.ts'
import { keyFor, type StoredBallot, type VoterOf } from './ballot.ts'
import type { Insert } from './change.ts'

/**
 * A row of a ballot. What a ballot has once (its revision, receipt, name and time) is read from its
 * first row.
 */
export type VoteRow = Omit<StoredBallot, 'choice' | 'value' | 'name'> & {
  voter: string
  choice_id: number
  value: number | null
  name: string | null
}

/** SQLite limits the depth of an expression to 1,000, and each OR of a group adds one. */
const QUESTIONS_IN_GROUP = 100

/**
 * Returns the condition for the rows of these voters, and its arguments. It lists the voters of
 * each question: MariaDB's optimizer needs 58 ms for 2,000 pairs joined by OR, and 5 ms for a list.
 * It is not `(question_id, voter) IN (...)`, because MariaDB uses no index where a DELETE or UPDATE
 * has a single pair in it: it locks every row of the table, and two such transactions deadlock.
 * `prefix`: of the columns, `v.` in a join.
 */
export function ofVoters(voters: readonly VoterOf[], prefix: '' | 'v.' = ''): Sql {
  const byQuestion = [...Map.groupBy(voters, ({ question }) => question)]
  const isVoter = `(${prefix}question_id = ? AND ${prefix}voter IN (?))`
  const groups = inParts(byQuestion, QUESTIONS_IN_GROUP).map(
    group => `(${group.map(() => isVoter).join(' OR ')})`
  )
  const args = byQuestion.flatMap(([id, those]) => [id, those.map(({ voter }) => voter)])
  return [`(${groups.join(' OR ')})`, args]
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

/**
 * Voters whose ballots are read in one statement: where each is of another question, the cost of
 * MariaDB's optimizer grows with the square (3 ms for 500, 31 ms for 2,000).
 */
const VOTERS_IN_SELECT = 500

/** Reads the ballots of these voters, by `keyFor`. */
export async function readBallots(
  queries: Pick<Queries, 'select'>,
  voters: readonly VoterOf[]
): Promise<Map<string, StoredBallot>> {
  const rows: VoteRow[][] = []
  for (const part of inParts(voters, VOTERS_IN_SELECT))
    rows.push(await queries.select<VoteRow>(...selectBallots(part)))
  return toBallots(rows.flat())
}

/** Rows in a statement: each has up to 9 arguments, and SQLite accepts 32,766. */
const ROWS_IN_STATEMENT = 3_000

const insertInto = (columns: readonly string[], rows: readonly Sql[]): Sql[] =>
  inParts(rows, ROWS_IN_STATEMENT).map(part => [
    `INSERT INTO vote (${columns.join(', ')}) VALUES ${part.map(([sql]) => `(${sql})`).join(', ')}`,
    part.flatMap(([, args]) => args)
  ])

/**
 * Returns the statements that store these ballots. `timeOf` returns the SQL of a ballot's time. The
 * first row of a ballot has what it has once. Columns that would be NULL in all rows are left out.
 * Both spare the database parsing and writing.
 */
export function insertBallots(ballots: readonly Insert[], timeOf: (ballot: Insert) => Sql): Sql[] {
  const hasValues = ballots.some(({ marks }) => marks.values)
  const hasNames = ballots.some(({ name }) => name !== undefined)
  const ofRow = ['question_id', 'voter', 'slot', 'choice_id', ...(hasValues ? ['value'] : [])]
  const ofBallot = ['revision', 'receipt', ...(hasNames ? ['name'] : [])]
  const placeholdersOfRow = ofRow.map(() => '?').join(', ')
  const placeholders = [...ofRow, ...ofBallot].map(() => '?').join(', ')
  const first: Sql[] = []
  const others: Sql[] = []
  for (const ballot of ballots) {
    const { question, voter } = ballot.voter
    const { choices, values } = ballot.marks
    const [time, timeArgs] = timeOf(ballot)
    const rows = choices.map((choice, slot) => {
      const row = [question, voter, slot, choice]
      return hasValues ? [...row, values?.[slot] ?? null] : row
    })
    const valuesOfBallot = [ballot.revision, ballot.receipt, ...(hasNames ? [ballot.name ?? null] : [])]
    first.push([`${placeholders}, ${time}`, [...rows[0]!, ...valuesOfBallot, ...timeArgs]])
    for (const row of rows.slice(1)) others.push([placeholdersOfRow, row])
  }
  return [...insertInto([...ofRow, ...ofBallot, 'cast_time'], first), ...insertInto(ofRow, others)]
}
