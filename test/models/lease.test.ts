/** Leases of an outbox: what is leased is sent, although the database fails in between. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { ConnectionLost } from '../../app/db/errors.ts'
import { MailOutbox } from '../../app/models/mail/outbox.ts'
import { open } from '../support/database.ts'
import { delegate } from '../support/delegate.ts'
import { onEngines } from '../support/engines.ts'

describe('models/lease', () => {
  onEngines(
    'a failure among the rows keeps what is leased, and the next round has the rest',
    async (t, engine) => {
      const db = await open(t, engine)
      const due = '2026-01-01 00:00:00'
      const mails = ['a', 'b', 'c', 'd', 'e'].map(name => ['reset', `${name}@example.org`, '{}', due])
      await db.execute('INSERT INTO mail (kind, recipient, payload, next_time) VALUES ?', [mails])
      let updates = 0
      const failing = (nth: number) =>
        new MailOutbox({
          ...delegate(db),
          async execute(...statement) {
            if (++updates === nth) throw new ConnectionLost('no connection')
            return db.execute(...statement)
          }
        })
      const recipients = (leased: ReadonlyArray<{ recipient: string }>) =>
        leased.map(({ recipient }) => recipient[0])
      assert.deepEqual(recipients(await failing(4).lease(5)), ['a', 'b', 'c'])
      updates = 0
      await assert.rejects(failing(1).lease(5), ConnectionLost)
      assert.deepEqual(recipients(await new MailOutbox(db).lease(5)), ['d', 'e'])
    }
  )
})
