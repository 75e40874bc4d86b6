/** The end of an account: nothing says any more who it was, and every counter still equals its rows. */
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Database, Deadlock, type Transaction } from '../db/database.ts'
import { SignInRequired } from '../errors.ts'
import type { Accounts } from './accounts.ts'
import { spareAdmin } from './administration.ts'
import { type Changes, createBallotRows, type StoredBallot } from './ballot-rows.ts'
import { removedByOwner, removeQuestions } from './removal.ts'

/** What happens to the votes: taken back where a poll still lets them be, or left without the person everywhere. */
export type VotesFate = 'withdraw' | 'keep'

export interface Loss {
  polls: number
  /** In these polls. */
  votes: number
}

const attempts = 5

/** How many questions one statement looks through for votes of the account. */
const stride = 10_000

/** A voter key that leads to nobody; each poll's own, so that nobody can be followed from poll to poll. */
const nobody = () => `x:${randomBytes(16).toString('base64url')}`

const add = (changes: Changes, id: number, by: number) => changes.set(id, (changes.get(id) ?? 0) + by)

export type Deletion = ReturnType<typeof createDeletion>

/** `changed` hears of the questions whose tally or settings may have changed. */
export function createDeletion(
  db: Database,
  accounts: Pick<Accounts, 'confirm'>,
  changed: (questions: Iterable<number>) => void
) {
  const rows = createBallotRows(db)
  const { now, forUpdate, rows: list } = db.dialect

  /** The questions in which this voter has a vote. By question: votes have no index by voter, which each cast would pay. */
  async function votedIn(voter: string): Promise<number[]> {
    const last = await db.fetchone<{ id: number | null }>('SELECT MAX(id) AS id FROM question')
    const found: number[] = []
    for (let from = 0; from < (last?.id ?? 0); from += stride) {
      const sql = `SELECT q.id FROM question q WHERE q.id > ? AND q.id <= ?
        AND EXISTS (SELECT 1 FROM vote v WHERE v.question_id = q.id AND v.voter = ? AND v.slot = 0)`
      const ids = await db.select<{ id: number }>(sql, [from, from + stride, voter])
      found.push(...ids.map(({ id }) => id))
    }
    return found
  }

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
    const keys = ballots.map(({ question_id }) => [question_id, voter])
    tx.atCommit(
      `UPDATE vote SET voter = CASE question_id ${cases} END WHERE (question_id, voter) IN (${list} ?)`,
      [...ballots.flatMap(({ question_id }) => [question_id, nobody()]), keys]
    )
  }

  /** Locks all these questions and settles the votes in them; the house's lock order is questions first, ascending. */
  async function settleVotes(
    tx: Transaction,
    voter: string,
    voted: number[],
    own: number[],
    fate: VotesFate
  ) {
    const ids = [...new Set([...voted, ...own])].toSorted((a, b) => a - b)
    if (ids.length === 0) return
    const locked = await rows.lock(tx, ids)
    const others = voted.filter(id => !own.includes(id)).map(question => ({ question, voter }))
    const ballots = [...(await rows.stored(tx, others)).values()]
    const isFree = ({ question_id }: StoredBallot) => {
      const { open, revote } = locked.get(question_id)!
      return fate === 'withdraw' && Boolean(open) && Boolean(revote)
    }
    withdraw(tx, voter, ballots.filter(isFree))
    cutLoose(
      tx,
      voter,
      ballots.filter(ballot => !isFree(ballot))
    )
    const standing = own.filter(id => !locked.get(id)!.delete_flag)
    await removeQuestions(tx, standing, now, removedByOwner)
  }

  /** What a person asked goes with them. */
  async function blank(tx: Transaction, own: number[]) {
    if (own.length === 0) return
    await tx.execute("UPDATE question SET question_text = '', description = '' WHERE id IN (?)", [own])
    await tx.execute("UPDATE choice SET choice_text = '' WHERE question_id IN (?)", [own])
  }

  async function ownOf(id: number): Promise<number[]> {
    const polls = await db.select<{ id: number }>('SELECT id FROM question WHERE user_id = ?', [id])
    return polls.map(question => question.id)
  }

  /** Everything in one transaction; `end` is what happens to the account in it. */
  async function sweep(id: number, fate: VotesFate, end: (tx: Transaction) => Promise<unknown>) {
    const voter = `u:${id}`
    for (let attempt = 1; ; attempt++) {
      const [voted, own] = [await votedIn(voter), await ownOf(id)]
      try {
        await db.transaction(async tx => {
          await settleVotes(tx, voter, voted, own, fate)
          await blank(tx, own)
          await end(tx)
        })
        return changed([...voted, ...own])
      } catch (error) {
        if (!(error instanceof Deadlock) || attempt === attempts) throw error
        await delay(attempt * 20 * Math.random())
      }
    }
  }

  return {
    /** What goes with an account, beside its votes. */
    async lossOf(id: number): Promise<Loss> {
      const sql = 'SELECT voters FROM question WHERE user_id = ? AND delete_flag = 0'
      const polls = await db.select<{ voters: number }>(sql, [id])
      return { polls: polls.length, votes: polls.reduce((sum, { voters }) => sum + voters, 0) }
    },

    /** Deletes the account and its polls. Throws WrongPassword, LastAdmin, SignInRequired. */
    async remove(id: number, current: string, fate: VotesFate): Promise<void> {
      const known = await accounts.confirm(id, current)
      await sweep(id, fate, async tx => {
        await spareAdmin(tx, id, forUpdate)
        const sql = `SELECT password FROM user WHERE id = ? AND delete_flag = 0 ${forUpdate}`
        const row = await tx.fetchone<{ password: string }>(sql, [id])
        if (row?.password !== known) throw new SignInRequired()
        await tx.execute('DELETE FROM password_reset WHERE user_id = ?', [id])
        await tx.execute(
          `UPDATE user SET delete_flag = 1, name = '', email = ?, phone = NULL, password = '', locale = NULL,
             is_admin = 0, session_epoch = session_epoch + 1 WHERE id = ?`,
          [`deleted-${id}`, id] // unique, and no address: it has no @
        )
      })
      // What another tab of theirs asked for before that, and was told meanwhile.
      await sweep(id, fate, async () => {})
    }
  }
}
