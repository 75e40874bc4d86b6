/** The SQL of voting: locks, ballots and counters, each one statement for a whole batch. */
import { caseById } from '../../db/case-by-id.ts'
import type { Database, Queries, Statement, Step, Transaction } from '../../db/database.ts'
import { isOpen } from '../polls/question-row.ts'
import { keyFor, type StoredBallot, type VoterOf } from './ballot.ts'
import { type Epochs, epochQuery, haveEpochs } from './claim.ts'
import type { Change, LockedQuestion, Rules } from './rules.ts'
import { type Operation, votersOf } from './operation.ts'
import { type ChoiceRow, RulesCache, selectChoices } from './rules-cache.ts'
import { countItems, countVoters, countVotes, sumUp } from './tally-changes.ts'

type LockedRow = Omit<LockedQuestion, 'choices' | 'open' | 'revote'> & { open: number; revote: number }
type VoteRow = Omit<StoredBallot, 'choice' | 'value' | 'name'> & {
  voter: string
  choice_id: number
  value: number | null
  name: string | null
}
type Insert = Extract<Change, { kind: 'insert' }>

const COLUMNS = 'question_id, voter, slot, choice_id, value, receipt'
const INSERT = `INSERT INTO vote (${COLUMNS}, cast_time) VALUES`
const INSERT_NAMED = `INSERT INTO vote (${COLUMNS}, name, cast_time) VALUES`
/** SQLite limits the depth of an expression to 1,000, and each OR of a group adds one. */
const VOTERS_IN_GROUP = 100

/**
 * Returns the condition for the rows of these voters, and its arguments. It is written with OR because MariaDB uses no
 * index where a DELETE or UPDATE has a single pair in `(question_id, voter) IN (...)`: it locks every row of the table,
 * and two such transactions deadlock.
 */
export function ofVoters(voters: readonly VoterOf[]): [condition: string, args: Array<number | string>] {
  const groups: string[] = []
  for (let from = 0; from < voters.length; from += VOTERS_IN_GROUP) {
    const group = voters.slice(from, from + VOTERS_IN_GROUP)
    groups.push(`(${group.map(() => '(question_id = ? AND voter = ?)').join(' OR ')})`)
  }
  return [`(${groups.join(' OR ')})`, voters.flatMap(({ question, voter }) => [question, voter])]
}

const selectBallots = (voters: readonly VoterOf[]): Statement => {
  const [isOfVoters, args] = ofVoters(voters)
  return [
    `SELECT question_id, voter, choice_id, value, name, receipt, cast_time FROM vote
     WHERE ${isOfVoters} ORDER BY question_id, voter, slot`,
    args
  ]
}

/** Makes ballots, by `keyFor`, from rows that are ordered by voter and slot. */
function toBallots(rows: readonly VoteRow[]): Map<string, StoredBallot> {
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

const hasName = ({ name }: Insert) => name !== undefined

/** Returns the rows of a ballot without their time, with a name in the first where the statement has names. */
const rowsOf = ({ voter: { question, voter }, marks, receipt, name }: Insert, isNamed: boolean) =>
  marks.choices.map((choice, slot) => {
    const row = [question, voter, slot, choice, marks.values?.[slot] ?? null, receipt]
    return isNamed ? [...row, slot === 0 ? (name ?? null) : null] : row
  })

/** SQL: the day of a time, in the database's form. */
const dayOf = (time: string) => `CONCAT(SUBSTR(${time}, 1, 10), ' 00:00:00')`

export class VoteTable {
  readonly #db: Database
  readonly #rules: RulesCache

  constructor(db: Database) {
    this.#db = db
    this.#rules = new RulesCache(db)
  }

  /**
   * Locks the rows of these questions by ascending id, the one lock order of all writers. In the same message, before
   * any lock is held, it reads the epochs that the operations claim.
   */
  async lock(tx: Transaction, ids: readonly number[], operations: readonly Operation[] = []) {
    const { forUpdate, now } = this.#db.dialect
    const ordered = [...new Set(ids)].toSorted((a, b) => a - b)
    const lock: Statement = [
      `SELECT q.id, q.delete_flag, q.removed_time, q.audience, q.kind, q.budget, q.min_choices, q.max_choices,
         q.privacy, q.revote, q.revision, ${isOpen(now)} AS open,
         ${now} AS now FROM question q WHERE q.id IN (?) ORDER BY q.id ${forUpdate}`,
      [ordered]
    ]
    const epochs = epochQuery(operations)
    const unknown = this.#rules.unknown(ordered)
    const choices = unknown.length > 0 ? [selectChoices(unknown)] : []
    const answers = await tx.pipeline([...epochs.statements, lock, ...choices])
    const [locked, found = []] = answers.slice(epochs.statements.length) as [LockedRow[], ChoiceRow[]?]
    this.#rules.remember(
      locked.filter(({ id }) => unknown.includes(id)),
      found
    )
    const rows = await this.#rules.complete(tx, locked)
    const questions = new Map<number, LockedQuestion>(
      rows.map(row => [row.id, { ...row, open: row.open === 1, revote: row.revote === 1 }])
    )
    return { questions, epochs: epochs.read(answers[0]) }
  }

  /** Reads the ballots that the operations are about, and the epochs that `newcomers` among them claim. */
  async read(tx: Transaction, operations: readonly Operation[], newcomers: readonly Operation[]) {
    const epochs = epochQuery(newcomers)
    const answers = await tx.pipeline([...epochs.statements, selectBallots(operations.flatMap(votersOf))])
    return { ballots: toBallots(answers.at(-1) as VoteRow[]), epochs: epochs.read(answers[0]) }
  }

  /** Returns the ballots of these voters, by `keyFor`. */
  async ballotsOf(
    voters: readonly VoterOf[],
    queries: Queries = this.#db
  ): Promise<Map<string, StoredBallot>> {
    return voters.length > 0 ? toBallots(await queries.select<VoteRow>(...selectBallots(voters))) : new Map()
  }

  /** Writes the changes and counts them, in one message with COMMIT. */
  write(tx: Transaction, changes: readonly Change[]) {
    const removed = changes.flatMap(({ kind, voter }) => (kind === 'remove' ? [voter] : []))
    if (removed.length > 0) {
      const [isOfVoters, args] = ofVoters(removed)
      tx.beforeCommit(`DELETE FROM vote WHERE ${isOfVoters}`, args)
    }
    for (const change of changes) {
      if (change.kind !== 'rename') continue
      const { question, voter } = change.voter
      const sql = 'UPDATE vote SET voter = ?, name = NULL WHERE question_id = ? AND voter = ?'
      tx.beforeCommit(sql, [change.to, question, voter])
    }
    const inserts = changes.filter(change => change.kind === 'insert')
    const isNamed = inserts.some(hasName)
    const rows = inserts.flatMap(insert => rowsOf(insert, isNamed).map(row => [...row, insert.castTime]))
    if (rows.length > 0) tx.beforeCommit(`${isNamed ? INSERT_NAMED : INSERT} ?`, [rows])
    const { votes, voters, items } = sumUp(changes)
    if (votes.length > 0) tx.beforeCommit(...countVotes(votes))
    if (voters.length > 0) tx.beforeCommit(...countVoters(voters))
    for (const statement of countItems(items, this.#db.dialect)) tx.beforeCommit(...statement)
  }

  /** Returns the rules of questions without a lock: as they are known, else as they are now. */
  rulesOf(ids: readonly number[]): Promise<ReadonlyMap<number, Rules>> {
    return this.#rules.get(ids)
  }

  /**
   * Stores and counts first votes in one message, without reading anything: the questions must be open and of these
   * revisions, the accounts must have these epochs, and no voter may have a ballot. Returns the cast time; null if any of
   * it is not so, and then nothing was stored. `timeoutMs`: up to COMMIT.
   */
  async insertFirst(
    inserts: readonly Insert[],
    revisions: ReadonlyMap<number, number>,
    epochs: Epochs,
    timeoutMs: number
  ): Promise<string | null> {
    const { now, began } = this.#db.dialect
    const { votes, voters, items } = sumUp(inserts)
    const [counted, args] = countVoters(voters)
    const [revision, known] = caseById([...revisions])
    const isAsKnown = `revision = ${revision} AND delete_flag = 0 AND ${isOpen(now)}`
    // In the statement that takes the locks: it waits for the table of accounts, which may be locked, before it takes any.
    const [areCurrent, claimed] = haveEpochs(epochs)
    const isNamed = inserts.some(hasName)
    const marks = isNamed ? '?, ?, ?, ?, ?, ?, ?' : '?, ?, ?, ?, ?, ?'
    const rows = inserts.flatMap(insert => rowsOf(insert, isNamed))
    const tuples = inserts.flatMap(({ privacy, marks: { choices } }) =>
      choices.map(() => `(${marks}, ${privacy === 'anonymous' ? dayOf(began) : began})`)
    )
    const steps: Step[] = [
      [`${counted} AND ${isAsKnown} AND ${areCurrent}`, [...args, ...known, ...claimed], voters.length],
      [`${isNamed ? INSERT_NAMED : INSERT} ${tuples.join(', ')}`, rows.flat()],
      countVotes(votes),
      ...countItems(items, this.#db.dialect)
    ]
    return this.#db.commitAll(steps, timeoutMs)
  }
}
