/** What becomes of a voter's ballots when the voter goes. */
import type { Database, Transaction } from '../../db/database.ts'
import {
  add,
  type Changes,
  createBallotRows,
  type LockedQuestion,
  ofVoters,
  type StoredBallot
} from './vote-table.ts'
import { anonymousVoterKey } from './voter-key.ts'

/** Taken back where a poll still lets them be, or left without the person everywhere. */
export type VotesFate = 'withdraw' | 'keep'

/** How many questions one statement looks through for votes of the voter. */
const stride = 10_000

/** Ballots in one statement: the cost of MariaDB's optimizer grows with the square (56 ms for 500, 1 s for 2,000). */
const MAX_BALLOTS = 500

export function createLeaving(db: Database) {
  const rows = createBallotRows(db)

  /** Takes votes back, and their counters with them. */
  function withdraw(tx: Transaction, voter: string, ballots: StoredBallot[]) {
    const [votes, voters]: [Changes, Changes] = [new Map(), new Map()]
    for (const { question_id, choice } of ballots) {
      for (const id of choice) add(votes, id, -1)
      add(voters, question_id, -1)
    }
    rows.remove(
      tx,
      ballots.map(({ question_id: question }) => ({ question, voter }))
    )
    rows.count(tx, votes, voters)
  }

  /** Leaves votes where they are, without the person. */
  function cutLoose(tx: Transaction, voter: string, ballots: StoredBallot[]) {
    if (ballots.length === 0) return
    const cases = ballots.map(() => 'WHEN ? THEN ?').join(' ')
    const [isOfVoter, args] = ofVoters(ballots.map(({ question_id: question }) => ({ question, voter })))
    tx.beforeCommit(`UPDATE vote SET voter = CASE question_id ${cases} END WHERE ${isOfVoter}`, [
      ...ballots.flatMap(({ question_id }) => [question_id, anonymousVoterKey()]),
      ...args
    ])
  }

  return {
    /** The questions in which this voter has a vote. By question: votes have no index by voter, which each cast would pay. */
    async votedIn(voter: string): Promise<number[]> {
      const last = await db.fetchone<{ id: number | null }>('SELECT MAX(id) AS id FROM question')
      const found: number[] = []
      for (let from = 0; from < (last?.id ?? 0); from += stride) {
        const sql = `SELECT q.id FROM question q WHERE q.id > ? AND q.id <= ?
        AND EXISTS (SELECT 1 FROM vote v WHERE v.question_id = q.id AND v.voter = ? AND v.slot = 0)`
        const ids = await db.select<{ id: number }>(sql, [from, from + stride, voter])
        found.push(...ids.map(({ id }) => id))
      }
      return found
    },

    /**
     * Locks all these questions, by ascending id, and settles the voter's ballots in those that are not their own.
     * Answers the locked rows.
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
        const { questions: locked } = await rows.lock(tx, part, [])
        const others = part.filter(id => !mine.has(id)).map(question => ({ question, voter }))
        const ballots = [...(await rows.stored(tx, others)).values()]
        const isFree = ({ question_id }: StoredBallot) => {
          const { open, revote } = locked.get(question_id)!
          return fate === 'withdraw' && Boolean(open) && Boolean(revote)
        }
        const { free = [], bound = [] } = Object.groupBy(ballots, one => (isFree(one) ? 'free' : 'bound'))
        withdraw(tx, voter, free)
        cutLoose(tx, voter, bound)
        for (const [id, question] of locked) all.set(id, question)
      }
      return all
    }
  }
}
