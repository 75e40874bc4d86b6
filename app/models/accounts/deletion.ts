/** The end of an account: nothing says any more who it was, and every counter still equals its rows. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Transaction } from '../../db/database.ts'
import { Deadlock } from '../../db/errors.ts'
import { SignInRequired } from '../../errors.ts'
import type { Accounts } from './accounts.ts'
import { spareAdmin } from './administration.ts'
import { createLeaving, type VotesFate } from '../voting/departed-voter.ts'
import { accountVoterKey } from '../voting/voter-key.ts'
import { type Removals, removedByOwner } from '../polls/removal.ts'

export interface Loss {
  polls: number
  /** In these polls. */
  votes: number
}

const attempts = 5

export type Deletion = ReturnType<typeof createDeletion>

/** `changed` hears of the questions whose tally or settings may have changed. */
export function createDeletion(
  db: Database,
  accounts: Pick<Accounts, 'confirm'>,
  removals: Pick<Removals, 'remove' | 'sweep'>,
  changed: (questions: Iterable<number>) => void
) {
  const leaving = createLeaving(db)
  const { forUpdate } = db.dialect

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
    const voter = accountVoterKey(id)
    for (let attempt = 1; ; attempt++) {
      const [voted, own] = [await leaving.votedIn(voter), await ownOf(id)]
      try {
        await db.transaction(async tx => {
          const locked = await leaving.settle(tx, { voter, voted, own, fate })
          for (const id of own.filter(id => !locked.get(id)!.delete_flag))
            await removals.remove(tx, id, removedByOwner)
          await blank(tx, own)
          await end(tx)
        })
        void removals.sweep()
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
      // What another tab of theirs asked for meanwhile. Where this fails it stays under a number that says nothing.
      await sweep(id, fate, async () => {}).catch(() => {})
    }
  }
}
