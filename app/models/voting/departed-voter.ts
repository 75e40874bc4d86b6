/** The ballots of a deleted account. */
import { caseById } from '../../db/case-by-id.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { idRanges } from '../polls/id-ranges.ts'
import type { LockedQuestion } from './locked-question.ts'
import { remove } from './change.ts'
import { keyFor, type VoterOf } from './ballot.ts'
import { ofVoters, readBallots } from './ballot-rows.ts'
import { VoteTable, writeChanges } from './vote-table.ts'
import { departedVoterKey } from './voter-key.ts'

/** Withdraws the ballots where the poll allows it, or keeps all of them under random keys. */
export type VotesFate = 'withdraw' | 'keep'

/** Questions per statement that searches for votes of the voter. */
const QUESTIONS_IN_CHUNK = 10_000

/** Keeps ballots under random keys. */
function makeAnonymous(
  tx: Transaction,
  voters: readonly VoterOf[],
  locked: ReadonlyMap<number, LockedQuestion>
) {
  if (voters.length === 0) return
  const keys = voters.map(
    ({ question }) => [question, departedVoterKey(locked.get(question)!.privacy)] as const
  )
  const [key, keyArgs] = caseById(keys, 'question_id')
  const [isOfVoter, args] = ofVoters(voters)
  tx.beforeCommit(`UPDATE vote SET voter = ${key}, name = NULL WHERE ${isOfVoter}`, [...keyArgs, ...args])
}

export class DepartedVoters {
  readonly #db: Database
  readonly #table: VoteTable

  constructor(db: Database) {
    this.#db = db
    this.#table = new VoteTable(db)
  }

  /**
   * Returns the questions in which this voter has a vote, with the key there. `hidden`: the voter's
   * keys in anonymous polls, which are known while they are open. There is no index by voter: it
   * would slow down every cast.
   */
  async votedIn(voter: string, hidden: readonly VoterOf[]): Promise<VoterOf[]> {
    const ballots = await readBallots(this.#db, hidden)
    const found = hidden.filter(one => ballots.has(keyFor(one)))
    for await (const { after, upTo } of idRanges(this.#db, QUESTIONS_IN_CHUNK)) {
      const sql = `SELECT q.id FROM question q WHERE q.id > ? AND q.id <= ?
      AND EXISTS (SELECT 1 FROM vote v WHERE v.question_id = q.id AND v.voter = ? AND v.slot = 0)`
      const ids = await this.#db.select<{ id: number }>(sql, [after, upTo, voter])
      found.push(...ids.map(({ id }) => ({ question: id, voter })))
    }
    return found
  }

  /** Locks the questions of these ballots of a voter, by ascending id, and settles the ballots. */
  async settle(tx: Transaction, voted: readonly VoterOf[], fate: VotesFate): Promise<void> {
    const { questions: locked } = await this.#table.lock(
      tx,
      voted.map(({ question }) => question)
    )
    const ballots = await readBallots(tx, voted)
    const fateOf = (one: VoterOf) => {
      const { open, revote, privacy } = locked.get(one.question)!
      // A poll that has closed meanwhile: to touch the ballot would tell whose it is.
      if (!ballots.has(keyFor(one)) || (privacy === 'anonymous' && !open)) return 'untouched'
      return fate === 'withdraw' && open && revote ? 'free' : 'bound'
    }
    const { free = [], bound = [] } = Object.groupBy(voted, fateOf)
    const removals = free.map(one => remove(one, ballots.get(keyFor(one))!, locked.get(one.question)!.kind))
    writeChanges(tx, removals)
    makeAnonymous(tx, bound, locked)
  }
}
