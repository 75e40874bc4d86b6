/**
 * What is deleted when its time is over: polls after they closed, links that have expired, mail
 * that was given up.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Database } from '../../../app/db/database.ts'
import { CommitUnknown, Deadlock } from '../../../app/db/errors.ts'
import { Retention } from '../../../app/models/instance/retention.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { recordEdits } from '../../../app/models/polls/history.ts'
import { LockedPolls } from '../../../app/models/polls/locked-poll.ts'
import { Management } from '../../../app/models/polls/management.ts'
import { Removals } from '../../../app/models/polls/removal.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import { toDatabase } from '../../../app/values/time.ts'
import { member, start, visitor } from '../../support/app.ts'
import { isEnvelope } from '../../support/answers.ts'
import { delegate } from '../../support/delegate.ts'
import { open } from '../../support/database.ts'
import { onEngines } from '../../support/engines.ts'
import { eventuallyTrue } from '../../support/eventually.ts'
import { failingAt, losingFirstAnswer } from '../../support/faulty.ts'
import { ask, change } from '../../support/polls.ts'

/**
 * A time so many days ago, and a minute: the clock of the test's machine is that of the database.
 */
const daysAgo = (days: number) => toDatabase(Date.now() - days * 86_400_000 - 60_000)

function retentionOf(db: Database, changed: number[] = []) {
  const removals = new Removals(db, assert.ifError, 10)
  const retention = new Retention(db, removals, id => changed.push(id), assert.ifError)
  return {
    removals,
    sweep: async () => {
      await retention.sweep()
      await removals.sweep()
    }
  }
}

const stateOf = async (db: Database, id: number) =>
  (await db.fetchone<{ delete_flag: number }>('SELECT delete_flag FROM question WHERE id = ?', [id]))!
    .delete_flag

const linesOf = async (db: Database) =>
  (
    await db.select<{ act: string; admin_id: number | null; question_id: number }>(
      "SELECT act, admin_id, question_id FROM admin_log WHERE act = 'expire' ORDER BY id"
    )
  ).map(line => ({ ...line }))

/** Adds ballots of so many voters. */
async function vote(db: Database, { id, choices }: { id: number; choices: number[] }, voters: number) {
  const box = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
  const cast = (_: unknown, n: number) =>
    box.cast({ question: id, voter: `u:${n + 1}`, choices: [choices[n % 2]!] })
  await Promise.all(Array.from({ length: voters }, cast))
}

describe('models/instance/retention', () => {
  onEngines('polls are deleted when their days after closing are over, and only then', async (t, engine) => {
    const db = await open(t, engine)
    const poll = async (settings: object) => (await ask({ db }, settings)).id
    const due = [
      await poll({ retention_days: 30, close_time: daysAgo(30) }),
      await poll({ retention_days: 1, closed_time: daysAgo(400) }),
      await poll({ retention_days: 30, close_time: '2099-01-01 00:00:00', closed_time: daysAgo(31) })
    ]
    const kept = [
      await poll({ retention_days: 30, close_time: daysAgo(29) }),
      await poll({ retention_days: 30, closed_time: daysAgo(29), close_time: '2099-01-01 00:00:00' }),
      await poll({ retention_days: 1 }),
      await poll({ retention_days: 1, close_time: '2099-01-01 00:00:00' }),
      await poll({ closed_time: daysAgo(4_000) })
    ]
    const changed: number[] = []
    const { sweep } = retentionOf(db, changed)
    await sweep()
    for (const id of due) assert.equal(await stateOf(db, id), 3)
    for (const id of kept) assert.equal(await stateOf(db, id), 0)
    assert.deepEqual(changed, due)
    assert.deepEqual(
      await linesOf(db),
      due.map(id => ({ act: 'expire', admin_id: null, question_id: id }))
    )
    await sweep()
    assert.equal((await linesOf(db)).length, due.length, 'a second sweep finds nothing')
  })

  onEngines('a deletion whose COMMIT was not confirmed is published', async (t, engine) => {
    const db = await open(t, engine)
    const { id } = await ask({ db }, { retention_days: 1, closed_time: daysAgo(2) })
    const [changed, failures]: [number[], unknown[]] = [[], []]
    const removals = new Removals(db, assert.ifError)
    const retention = new Retention(
      losingFirstAnswer(db),
      removals,
      one => changed.push(one),
      error => failures.push(error)
    )
    await retention.sweep()
    await retention.sweep()
    await removals.sweep()
    assert.ok(failures[0] instanceof CommitUnknown)
    assert.deepEqual([await stateOf(db, id), changed, failures.length], [3, [id], 1])
  })

  onEngines(
    'several processes delete a poll with many votes once, and nothing of it is left',
    async (t, engine) => {
      const db = await open(t, engine)
      const poll = await ask({ db }, { retention_days: 7, description: 'Secret plan', privacy: 'anonymous' })
      await db.execute('DELETE FROM question_key WHERE question_id = ?', [poll.id])
      await db.execute("UPDATE question SET privacy = 'hidden' WHERE id = ?", [poll.id])
      await vote(db, poll, 45)
      const edit = { act: 'question_text', choice_id: null, before: 'Was', after: 'Is' } as const
      await db.transaction(tx => recordEdits(tx, poll.id, 2, [edit], '2026-11-27 12:00:00'))
      await db.execute('INSERT INTO report (question_id, reason) VALUES (?, ?)', [poll.id, 'spam'])
      const room = await db.execute("INSERT INTO room (user_id, title) VALUES (1, 'Room')")
      await db.execute('INSERT INTO room_question (room_id, question_id, position) VALUES (?, ?, 1)', [
        room.insertId,
        poll.id
      ])
      await db.execute('UPDATE question SET closed_time = ? WHERE id = ?', [daysAgo(7), poll.id])
      await Promise.all([1, 2, 3, 4].map(() => retentionOf(db).sweep()))
      assert.deepEqual(await linesOf(db), [{ act: 'expire', admin_id: null, question_id: poll.id }])
      for (const table of ['vote', 'choice', 'report', 'room_question', 'invitation', 'tally'])
        assert.deepEqual(
          await db.select(`SELECT * FROM ${table} WHERE question_id = ?`, [poll.id]),
          [],
          table
        )
      const row = await db.fetchone<object>(
        'SELECT question_text, description, LENGTH(search_text) AS size, voters, edits FROM question WHERE id = ?',
        [poll.id]
      )
      assert.deepEqual(Object.values(row!).filter(Boolean), [])
      assert.deepEqual(await audit(db), [])
    }
  )

  onEngines('a poll that is reopened meanwhile stays', async (t, engine) => {
    const db = await open(t, engine)
    const { id } = await ask({ db }, { retention_days: 7, closed_time: daysAgo(8) })
    const management = new Management(db, 'a secret', retentionOf(db).removals, new LockedPolls(db, () => {}))
    const between: Database = {
      ...delegate(db),
      transaction: async work => {
        await management.reopen(id, 1, null)
        return db.transaction(work)
      }
    }
    await retentionOf(between).sweep()
    assert.equal(await stateOf(db, id), 0)
    assert.deepEqual(await linesOf(db), [])
  })

  onEngines('a poll that cannot be deleted keeps neither other polls nor rows', async (t, engine) => {
    const db = await open(t, engine)
    const expired = { retention_days: 7, closed_time: daysAgo(8) }
    const [locked, other] = [await ask({ db }, expired), await ask({ db }, expired)]
    await db.execute(
      'INSERT INTO email_change (user_id, token_hash, email, expires_time) VALUES (?, ?, ?, ?)',
      [1, 'x'.repeat(43), 'a@example.org', daysAgo(1)]
    )
    const fault = new Deadlock('injected')
    const failing = failingAt(db, locked.id, fault)
    const failures: unknown[] = []
    const removals = new Removals(db, assert.ifError, 10)
    await new Retention(
      failing,
      removals,
      () => {},
      error => failures.push(error)
    ).sweep()
    await removals.sweep()
    assert.deepEqual(failures, [fault])
    assert.deepEqual([await stateOf(db, locked.id), await stateOf(db, other.id)], [0, 3])
    assert.deepEqual(await db.select('SELECT user_id FROM email_change'), [])
  })

  onEngines(
    'a process that dies in the middle leaves a poll whole, or one that the next sweep erases',
    async (t, engine) => {
      const db = await open(t, engine)
      const poll = await ask({ db }, { retention_days: 7 })
      await vote(db, poll, 35)
      await db.execute('UPDATE question SET closed_time = ? WHERE id = ?', [daysAgo(8), poll.id])
      const failures: unknown[] = []
      const gone = new Error('gone')
      const rolledBack: Database = {
        ...delegate(db),
        transaction: work =>
          db.transaction(async tx => {
            await work(tx)
            throw gone
          })
      }
      const removals = new Removals(db, assert.ifError, 10)
      await removals.close() // as after kill -9: nothing follows the transaction
      await new Retention(
        rolledBack,
        removals,
        () => assert.fail(),
        error => failures.push(error)
      ).sweep()
      assert.deepEqual([failures, await stateOf(db, poll.id)], [[gone], 0])
      assert.deepEqual(await linesOf(db), [])
      await new Retention(db, removals, () => {}, assert.ifError).sweep()
      const left = 'SELECT voters FROM question WHERE id = ?'
      assert.equal((await db.fetchone<{ voters: number }>(left, [poll.id]))!.voters, 25)
      assert.deepEqual(await audit(db), [])
      await retentionOf(db).sweep()
      assert.deepEqual(await db.select('SELECT * FROM choice WHERE question_id = ?', [poll.id]), [])
      assert.equal((await linesOf(db)).length, 1)
    }
  )

  onEngines('rows of the instance are deleted when they are over', async (t, engine) => {
    const db = await open(t, engine)
    const hash = (n: number) => String(n).padEnd(43, 'x')
    for (const [n, time] of [daysAgo(31), daysAgo(3), '2099-01-01 00:00:00'].entries()) {
      await db.execute(
        "INSERT INTO pending_account (token_hash, name, email, password, next, expires_time) VALUES (?, 'A', 'a@example.org', 'x', '/', ?)",
        [hash(n), time]
      )
      await db.execute('INSERT INTO password_reset (token_hash, user_id, expires_time) VALUES (?, 1, ?)', [
        hash(n),
        time
      ])
      await db.execute('INSERT INTO account_invitation (token_hash, expires_time) VALUES (?, ?)', [
        hash(n),
        time
      ])
      await db.execute(
        "INSERT INTO mail (kind, recipient, payload, next_time, create_time) VALUES ('reset', '', '{}', NULL, ?)",
        [n === 2 ? daysAgo(0) : time]
      )
    }
    const old = await db.execute('INSERT INTO account_invitation (token_hash, expires_time) VALUES (?, ?)', [
      hash(9),
      daysAgo(99)
    ])
    await db.execute(
      "INSERT INTO mail (kind, recipient, payload, next_time, invitation_id) VALUES ('invitation', 'a@example.org', '{}', ?, ?)",
      [daysAgo(0), old.insertId]
    )
    const waiting = ['forgot', 'listed'].map(kind => [kind, '', '{}', daysAgo(8), daysAgo(8)])
    await db.execute('INSERT INTO mail (kind, recipient, payload, next_time, create_time) VALUES ?', [
      waiting
    ])
    await db.execute(
      'INSERT INTO email_change (user_id, token_hash, email, expires_time) VALUES (?, ?, ?, ?)',
      [1, hash(0), 'a@example.org', daysAgo(1)]
    )
    const hooks = [1, 2].map(user => [user, user, 'https://hooks.example.org/', '', 'standard', ''])
    await db.execute('INSERT INTO webhook (id, user_id, url, events, format, secret) VALUES ?', [hooks])
    await db.execute('UPDATE user SET disabled_time = ? WHERE id = 2', [daysAgo(3)])
    const deliveries = [1, 2].flatMap(id => [0, 1].map(days => [id, 'poll.closed', '{}', daysAgo(days)]))
    await db.execute('INSERT INTO webhook_delivery (webhook_id, type, payload, next_time) VALUES ?', [
      deliveries
    ])
    await retentionOf(db).sweep()
    const count = async (table: string) =>
      (await db.fetchone<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))!.n
    assert.equal(await count('pending_account'), 1)
    assert.equal(await count('email_change'), 0)
    assert.equal(await count('password_reset'), 2)
    assert.equal(await count('account_invitation'), 3, 'one has a mail that waits')
    assert.equal(await count('mail'), 4)
    assert.equal(await count('webhook_delivery'), 3, 'one of a disabled account has waited for a day')
    const left = await db.select<{ kind: string }>("SELECT kind FROM mail WHERE kind <> 'reset' ORDER BY id")
    assert.deepEqual(
      left.map(({ kind }) => kind),
      ['invitation', 'listed']
    )
  })

  onEngines(
    'the start of a process deletes what is over, and the address says so on every replica',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const app = await start(t, tree)
      const ann = await member(app)
      const { id, slug } = await ask(app, {
        user_id: ann.id,
        retention_days: 90,
        question_text: 'Old secret?'
      })
      const at = `/questions/${slug}`
      assert.match((await visitor(app).page(at)).body, /deleted 90 days after it closes/)
      await change(app, id, { closed_time: daysAgo(1) })
      assert.match((await visitor(app).page(at)).body, /deleted on <time/)
      await change(app, id, { closed_time: daysAgo(90) })
      const other = await start(t, tree)
      await eventuallyTrue(async () => (await stateOf(app.db, id)) === 3, 'the poll is deleted')
      for (const replica of [app, other]) {
        await eventuallyTrue(async () => (await replica.inject(at)).statusCode === 410, 'the caches end')
        isEnvelope(await visitor(replica).get(at), 410, 20011)
        const { body } = await visitor(replica).page(at)
        assert.match(body, /This poll was deleted on .* it was kept for a time after it closed/)
        assert.doesNotMatch(body, /Old secret/)
      }
      assert.doesNotMatch((await ann.page('/')).body, /Old secret/)
      const log = await ann.page('/admin/log')
      assert.match(log.body, /Poll deleted: its time was over<[^]*by itself/)
    }
  )
})
