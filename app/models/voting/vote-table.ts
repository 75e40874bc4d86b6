/** The SQL of voting: locks, ballots and counters, each for a whole batch. */
import { setTimeout as delay } from 'node:timers/promises'
import { caseById } from '../../db/case-by-id.ts'
import type { Database, Sql, Statement, Step, Transaction } from '../../db/database.ts'
import { isOpen } from '../polls/question-row.ts'
import { insertBallots, ofVoters, selectBallots, toBallots, type VoteRow } from './ballot-rows.ts'
import { type EpochRow, type Epochs, haveEpochs, selectEpochs, toEpochs } from './deferred-identity.ts'
import { adopterOf, type Change, type Insert } from './change.ts'
import { selectRevoked } from './invitation-rows.ts'
import type { LockedQuestion, Rules } from './locked-question.ts'
import { type Operation, votersOf } from './operation.ts'
import { RULE_COLUMNS, RulesCache } from './rules-cache.ts'
import { moveSuggestions } from './suggestion-rows.ts'
import { countItems, countVoters, countVotes, sumUp } from './tally-changes.ts'

type LockedQuestionRow = Omit<LockedQuestion, 'choices' | 'capacities' | 'counted' | 'open' | 'revote'> & {
  open: number
  revote: number
  voters: number
}

/** Operations wait while it is looked which questions are locked. A look waits for no lock. */
const [LOOKS, LOOK_INTERVAL_MS, MAX_LOOK_UP_MS] = [3, 25, 75]
const NONE_TAKEN: ReadonlyMap<number, number> = new Map()

/** SQL: the day of a time, in the database's form. */
const dayOf = (time: string) => `CONCAT(SUBSTR(${time}, 1, 10), ' 00:00:00')`

/** Sends these SELECTs in one message. Returns the rows of each; one that is left out has none. */
async function readAll(tx: Transaction, ...selects: Array<Statement | undefined>): Promise<unknown[]> {
  const answers = (await tx.pipeline(selects.filter(select => select !== undefined))).values()
  return selects.map(select => (select ? answers.next().value : []))
}

/** Writes the changes and counts them, in one message with COMMIT. */
export function writeChanges(tx: Transaction, changes: readonly Change[]) {
  const removed = changes.flatMap(({ type, voter }) => (type === 'remove' ? [voter] : []))
  if (removed.length > 0) {
    const [isOfVoters, args] = ofVoters(removed)
    tx.beforeCommit(`DELETE FROM vote WHERE ${isOfVoters}`, args)
  }
  for (const change of changes) {
    const { question, voter } = change.voter
    const isOf = [question, voter]
    const account = adopterOf(change)
    if (account !== undefined) tx.beforeCommit(...moveSuggestions(change.voter, account))
    if (change.type === 'rename')
      tx.beforeCommit('UPDATE vote SET voter = ?, name = NULL WHERE question_id = ? AND voter = ?', [
        change.to,
        ...isOf
      ])
    if (change.type === 'keep')
      tx.beforeCommit('UPDATE vote SET revision = ? WHERE question_id = ? AND voter = ?', [
        change.revision,
        ...isOf
      ])
  }
  const inserts = changes.filter(change => change.type === 'insert')
  const stored = insertBallots(inserts, ({ castTime }) => ['?', [castTime]])
  for (const statement of stored) tx.beforeCommit(...statement)
  const { votes, voters, items } = sumUp(changes)
  for (const statement of countVotes(votes)) tx.beforeCommit(...statement)
  if (voters.length > 0) tx.beforeCommit(...countVoters(voters))
  for (const statement of countItems(items, tx.dialect)) tx.beforeCommit(...statement)
}

export class VoteTable {
  readonly #db: Database
  readonly #rules: RulesCache

  /** `maxRules`: of how many questions the rules are cached. */
  constructor(db: Database, maxRules?: number) {
    this.#db = db
    this.#rules = new RulesCache(db, maxRules)
  }

  /**
   * Locks the rows of these questions by ascending id, the one lock order of all writers. In the
   * same message, before any lock is held, it reads the epochs of the operations' accounts.
   */
  async lock(tx: Transaction, ids: readonly number[], operations: readonly Operation[] = []) {
    const { forUpdate, clock } = this.#db.dialect
    const ordered = [...new Set(ids)].toSorted((a, b) => a - b)
    const lock: Statement = [
      `SELECT ${RULE_COLUMNS}, q.delete_flag, q.removed_time, q.voters, q.revote, ${isOpen(clock)} AS open,
         ${clock} AS now FROM question q WHERE q.id IN (?) ORDER BY q.id ${forUpdate}`,
      [ordered]
    ]
    const answers = await readAll(tx, selectEpochs(operations), lock)
    const [epochs, locked] = answers as [EpochRow[], LockedQuestionRow[]]
    const rows = await this.#rules.complete(tx, locked)
    const seated = rows.filter(({ capacities }) => capacities.size > 0).map(({ id }) => id)
    const votes = seated.length > 0 ? await this.#seatsTaken(tx, seated) : NONE_TAKEN
    const questions = new Map<number, LockedQuestion>(
      rows.map(({ voters, ...row }) => [
        row.id,
        { ...row, open: row.open === 1, revote: row.revote === 1, counted: { voters, votes } }
      ])
    )
    return { questions, epochs: toEpochs(epochs) }
  }

  /**
   * Returns which of these questions another transaction keeps locked, without waiting for it: in
   * several looks, because a batch of another process locks for milliseconds. Throws DatabaseError.
   */
  async lockedElsewhere(ids: readonly number[]): Promise<Set<number>> {
    let locked = await this.#lockedNow(ids)
    for (let look = 1; look < LOOKS && locked.size > 0; look++) {
      await delay(LOOK_INTERVAL_MS)
      locked = await this.#lockedNow([...locked])
    }
    return locked
  }

  /** Questions that do not exist are not locked. */
  async #lockedNow(ids: readonly number[]): Promise<Set<number>> {
    const sql = 'SELECT id FROM question WHERE id IN (?) ORDER BY id'
    const [all, free] = (await this.#db.transaction(
      tx => readAll(tx, [sql, [ids]], [`${sql} ${this.#db.dialect.forUpdateUnlocked}`, [ids]]),
      MAX_LOOK_UP_MS
    )) as [Array<{ id: number }>, Array<{ id: number }>]
    return new Set(all.map(({ id }) => id)).difference(new Set(free.map(({ id }) => id)))
  }

  /** Reads how many seats are taken of the options of locked questions. */
  async #seatsTaken(tx: Transaction, questions: readonly number[]): Promise<ReadonlyMap<number, number>> {
    // A locking read: it sees what other transactions have committed while this one waited for the
    // question.
    const sql = `SELECT id, votes FROM choice WHERE question_id IN (?) ORDER BY id ${this.#db.dialect.forUpdate}`
    const rows = await tx.select<{ id: number; votes: number }>(sql, [questions])
    return new Map(rows.map(({ id, votes }) => [id, votes]))
  }

  /**
   * Reads the ballots that the operations are about, which of their invitations are revoked, and
   * the epochs of the accounts of `newcomers` among them.
   */
  async read(tx: Transaction, operations: readonly Operation[], newcomers: readonly Operation[]) {
    const ballots = selectBallots(operations.flatMap(votersOf))
    const answers = await readAll(tx, selectEpochs(newcomers), ballots, selectRevoked(operations))
    const [epochs, votes, revoked] = answers as [EpochRow[], VoteRow[], Array<{ id: number }>]
    return {
      ballots: toBallots(votes),
      revoked: new Set(revoked.map(({ id }) => id)),
      epochs: toEpochs(epochs)
    }
  }

  /** Returns the rules of questions without a lock: as they are known, else as they are now. */
  rulesOf(ids: readonly number[]): Promise<ReadonlyMap<number, Rules>> {
    return this.#rules.get(ids)
  }

  /**
   * Stores and counts first votes in one message, without reading anything: the questions must be
   * open and of these revisions, the accounts must have these epochs, and no voter may have a
   * ballot. Returns the cast time; null if any of it is not so, and then nothing was stored.
   * `timeoutMs`: up to COMMIT.
   */
  async insertFirst(
    inserts: readonly Insert[],
    revisions: ReadonlyMap<number, number>,
    epochs: Epochs,
    timeoutMs: number
  ): Promise<string | null> {
    const { clock, began } = this.#db.dialect
    const { votes, voters, items } = sumUp(inserts)
    const [counted, args] = countVoters(voters)
    const [revision, known] = caseById([...revisions])
    const isAsKnown = `revision = ${revision} AND delete_flag = 0 AND ${isOpen(clock)}`
    // In the statement that takes the locks: it waits for the table of accounts, which may be
    // locked, before it takes any.
    const [areCurrent, epochArgs] = haveEpochs(epochs)
    const timeOf = ({ privacy }: Insert): Sql => [privacy === 'anonymous' ? dayOf(began) : began, []]
    const steps: Step[] = [
      [`${counted} AND ${isAsKnown} AND ${areCurrent}`, [...args, ...known, ...epochArgs], voters.length],
      ...insertBallots(inserts, timeOf),
      ...countVotes(votes),
      ...countItems(items, this.#db.dialect)
    ]
    return this.#db.commitAll(steps, timeoutMs)
  }
}
