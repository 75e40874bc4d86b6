/** Making invitations: what the limit of mail counts when the transaction fails. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Database } from '../../../app/db/database.ts'
import { CommitUnknown, Deadlock } from '../../../app/db/errors.ts'
import { MemoryCounter } from '../../../app/models/limits/counters.ts'
import { LockedPolls } from '../../../app/models/polls/locked-poll.ts'
import { InvitationContacts } from '../../../app/models/voter-lists/invitation-contacts.ts'
import { VoterLists } from '../../../app/models/voter-lists/voter-lists.ts'
import { Sealer } from '../../../app/values/sealed.ts'
import { open } from '../../support/database.ts'
import { delegate } from '../../support/delegate.ts'
import { onEngines } from '../../support/engines.ts'
import { losingFirstAnswer } from '../../support/faulty.ts'
import { ask } from '../../support/polls.ts'

/** The same database; transactions are rolled back after their work. */
const deadlocking = (db: Database): Database => ({
  ...delegate(db),
  transaction: work =>
    db.transaction(async tx => {
      await work(tx)
      throw new Deadlock('injected')
    })
})

describe('models/voter-lists/voter-lists', () => {
  onEngines('invitations that are not stored do not count for the limit of mail', async (t, engine) => {
    const db = await open(t, engine)
    const { id } = await ask({ db }, { audience: 'list' })
    const secrets = ['Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p'] as const
    const contacts = new InvitationContacts(new Sealer(secrets, 'voter list'))
    const counter = new MemoryCounter()
    const limit = { most: 10, seconds: 60 }
    const create = (from: Database, nonce: string) => {
      const lists = new VoterLists(from, secrets, contacts, new LockedPolls(from, () => {}))
      const invitees = [{ name: 'Ann', email: 'ann@x.example' }]
      const additions = { invitees, nonce, field: 'names', locale: 'en' }
      return lists.create(id, 1, additions, () => counter.hold('k', limit, 5))
    }
    const isLeft = async (events: number) =>
      (await counter.hold('k', { ...limit, most: limit.most - events }, 0)).waitMs === 0
    await assert.rejects(create(deadlocking(db), 'one'), Deadlock)
    assert.equal(await isLeft(10), true)
    await assert.rejects(create(losingFirstAnswer(db), 'one'), CommitUnknown)
    assert.equal(await isLeft(6), false, 'they may be stored')
    assert.equal((await create(db, 'one')).length, 1)
    assert.equal(await isLeft(5), true, 'a repeat')
    await create(db, 'two')
    assert.equal(await isLeft(1), false)
  })
})
