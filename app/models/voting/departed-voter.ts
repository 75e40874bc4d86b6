/** The ballots of a deleted account. */
import type { Database, Transaction } from '../../db/database.ts'
import { idRanges } from '../polls/id-ranges.ts'
import { type LockedQuestion, remove } from './rules.ts'
import type { StoredBallot } from './ballot.ts'

import { ofVoters, VoteTable } from './vote-table.ts'
import { anonymousVoterKey } from './voter-key.ts'

/** Withdraws the ballots where the poll allows it, or keeps all of them under random keys. */
export type VotesFate = 'withdraw' | 'keep'

/** Questions per statement that searches for votes of the voter. */
const QUESTIONS_IN_CHUNK = 10_000

/**
 * Ballots in one statement: the cost of MariaDB's optimizer grows with the square (56 ms for 500, 1
 * s for 2,000).
 */
const MAX_BALLOTS = 500

/** Keeps ballots under random keys. */
function makeAnonymous(tx: Transaction, voter: string, ballots: readonly StoredBallot[]) {
  if (ballots.length === 0) return
  const cases = ballots.map(() => 'WHEN ? THEN ?').join(' ')
  const [isOfVoter, args] = ofVoters(ballots.map(({ question_id: question }) => ({ question, voter })))
  tx.beforeCommit(`UPDATE vote SET voter = CASE question_id ${cases} END WHERE ${isOfVoter}`, [
    ...ballots.flatMap(({ question_id }) => [question_id, anonymousVoterKey()]),
    ...args
  ])
}

export class DepartedVoters {
  readonly #db: Database
  readonly #table: VoteTable

  constructor(db: Database) {
    this.#db = db
    this.#table = new VoteTable(db)
  }

  /**
   * Returns the questions in which this voter has a vote. There is no index by voter: it would slow
   * down every cast.
   */
  async votedIn(voter: string): Promise<number[]> {
    const found: number[] = []
    for await (const { after, upTo } of idRanges(this.#db, QUESTIONS_IN_CHUNK)) {
      const sql = `SELECT q.id FROM question q WHERE q.id > ? AND q.id <= ?
      AND EXISTS (SELECT 1 FROM vote v WHERE v.question_id = q.id AND v.voter = ? AND v.slot = 0)`
      const ids = await this.#db.select<{ id: number }>(sql, [after, upTo, voter])
      found.push(...ids.map(({ id }) => id))
    }
    return found
  }

  /**
   * Locks all these questions, by ascending id, and settles the voter's ballots in those that are
   * not their own. Returns the locked rows.
   */
  async settle(
    tx: Transaction,
    { voter, voted, own, fate }: { voter: string; voted: number[]; own: number[]; fate: VotesFate }
  ): Promise<Map<number, LockedQuestion>> {
    const ids = [...new Set([...voted, ...own])].toSorted((a, b) => a - b)
    const all = new Map<number, LockedQuestion>()
    const mine = new Set(own)
    for (let from = 0; from < ids.length; from += MAX_BALLOTS) {
      const part = ids.slice(from, from + MAX_BALLOTS)
      const { questions: locked } = await this.#table.lock(tx, part)
      const others = part.filter(id => !mine.has(id)).map(question => ({ question, voter }))
      const ballots = [...(await this.#table.ballotsOf(others, tx)).values()]
      const isFree = ({ question_id }: StoredBallot) => {
        const { open, revote } = locked.get(question_id)!
        return fate === 'withdraw' && open && revote
      }
      const { free = [], bound = [] } = Object.groupBy(ballots, one => (isFree(one) ? 'free' : 'bound'))
      this.#table.write(
        tx,
        free.map(ballot =>
          remove({ question: ballot.question_id, voter }, ballot, locked.get(ballot.question_id)!.kind)
        )
      )
      makeAnonymous(tx, voter, bound)
      for (const [id, question] of locked) all.set(id, question)
    }
    return all
  }
}
