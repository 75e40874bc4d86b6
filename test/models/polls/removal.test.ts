/**
 * Removing a poll with many votes: in chunks, consistent after each, and completed after a crash.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { changesIn } from '../../support/changes.ts'
import { delegate } from '../../support/delegate.ts'
import type { Database } from '../../../app/db/database.ts'
import { Deadlock } from '../../../app/db/errors.ts'
import { migrate } from '../../../app/db/migrations/migrate.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import { recordEdits } from '../../../app/models/polls/history.ts'
import { LockedPolls } from '../../../app/models/polls/locked-poll.ts'
import { Management } from '../../../app/models/polls/management.ts'
import { Removals } from '../../../app/models/polls/removal.ts'
import { Webhooks } from '../../../app/models/webhooks/webhooks.ts'
import { QuestionRemoved } from '../../../app/errors.ts'
import { checkConfig } from '../../../app/config/load.ts'
import { start } from '../../support/app.ts'
import { connect, open } from '../../support/database.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { failingAt } from '../../support/faulty.ts'
import { eventuallyEqual } from '../../support/eventually.ts'
import { ask } from '../../support/polls.ts'

const piece = 10

/** Adds votes of 95 voters to sample poll 3, each for one or two options. */
async function fill(db: Database) {
  const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
  const cast = (_: unknown, n: number) =>
    ballots.cast({ question: 3, voter: `u:${n + 100}`, choices: n % 3 ? [7 + (n % 3)] : [7, 8] })
  await Promise.all(Array.from({ length: 95 }, cast))
  return ballots
}

const votersLeft = async (db: Database) => {
  const sql = 'SELECT COUNT(*) AS count FROM vote WHERE question_id = 3 AND slot = 0'
  return (await db.fetchone<{ count: number }>(sql))!.count
}

/** Wraps the database to call `after` after each transaction. */
const watched = (db: Database, after: () => Promise<void>): Database => ({
  ...delegate(db),
  transaction: async work => {
    const result = await db.transaction(work)
    await after()
    return result
  }
})

function organise(db: Database, failed: (error: unknown) => void = assert.ifError) {
  const removals = new Removals(db, failed, piece)
  return { removals, management: new Management(db, 'a secret', removals, new LockedPolls(db, () => {})) }
}

describe('models/polls/removal', () => {
  onEngines('votes are deleted in chunks, and after each, counters equal rows', async (t, engine) => {
    const db = await open(t, engine)
    const ballots = await fill(db)
    const left: number[] = []
    const checked = watched(db, async () => {
      left.push(await votersLeft(db))
      assert.deepEqual(await audit(db), [])
    })
    await db.execute('UPDATE question SET request_hash = ? WHERE id = 3', ['x'.repeat(43)])
    const { removals, management } = organise(checked)
    await management.remove(3, { owner: 3 })
    const late = ballots.cast({ question: 3, voter: 'u:9', choices: [7] })
    await assert.rejects(late, QuestionRemoved)
    await removals.sweep()
    assert.deepEqual(left, [89, 79, 69, 59, 49, 39, 29, 19, 9, 0])
    const row = await db.fetchone('SELECT delete_flag, voters FROM question WHERE id = 3')
    assert.deepEqual({ ...(row as object) }, { delete_flag: 1, voters: 0 })
    for (const table of ['vote', 'choice', 'tally', 'invitation', 'webhook_state'])
      assert.deepEqual(await db.select(`SELECT * FROM ${table} WHERE question_id = 3`), [], table)
    const texts =
      'question_text, description, LENGTH(search_text) AS size, request_hash, decision_text, embed_origins'
    const said = await db.fetchone<object>(`SELECT ${texts} FROM question WHERE id = 3`)
    assert.deepEqual(Object.values(said!).filter(Boolean), [])
  })

  onEngines('when a process dies between two chunks, the next start deletes the rest', async (t, engine) => {
    const tree = await engine.filled(t)
    const { database } = checkConfig(tree)
    const db = connect(t, database)
    await migrate(db, database)
    await fill(db)
    let turns = 0
    const dying: Database = {
      ...delegate(db),
      transaction: work => (++turns > 3 ? Promise.reject(new Deadlock('gone')) : db.transaction(work))
    }
    const failure = Promise.withResolvers<unknown>()
    const { removals, management } = organise(dying, failure.resolve)
    await management.remove(3, { owner: 3 })
    assert.ok((await failure.promise) instanceof Deadlock)
    await removals.close()
    assert.equal(await votersLeft(db), 69)
    assert.deepEqual(await audit(db), [])

    const app = await start(t, tree)
    await app.ready()
    await eventuallyEqual(() => votersLeft(app.db), 0)
    assert.deepEqual(await audit(db), [])
    assert.equal((await app.inject('/questions/sample-weekend')).statusCode, 410)
  })

  onEngines('several processes can delete at once, and a closing one stops', async (t, engine) => {
    const db = await open(t, engine)
    await fill(db)
    const { removals, management } = organise(db)
    await removals.close()
    await management.remove(3, { owner: 3 })
    await removals.sweep()
    assert.equal(await votersLeft(db), 89)
    await Promise.all([1, 2, 3].map(() => new Removals(db, assert.ifError, piece).sweep()))
    assert.equal(await votersLeft(db), 0)
    assert.deepEqual(await audit(db), [])
  })

  onEngines('a removed poll is erased, whatever its id is', async (t, engine) => {
    const db = await open(t, engine)
    const ids = [20_000, 20_001, 50_000]
    const rows = ids.map(id => [id, 1, 'Old?', 'old', `old-${id}`, 1])
    const sql = 'INSERT INTO question (id, user_id, question_text, search_text, slug, delete_flag) VALUES ?'
    await db.execute(sql, [rows])
    await new Removals(db, assert.ifError).sweep()
    const left = await db.select<{ id: number; question_text: string }>(
      'SELECT id, question_text FROM question WHERE delete_flag = 1 ORDER BY id'
    )
    assert.deepEqual(
      left.map(({ id, question_text }) => [id, question_text]),
      ids.map(id => [id, ''])
    )
  })

  onEngines('a removed poll that cannot be erased is tried again, and keeps no other', async (t, engine) => {
    const db = await open(t, engine)
    const rows = [101, 102, 20_001].map(id => [id, 1, 'Old?', 'old', `old-${id}`, 1])
    const sql = 'INSERT INTO question (id, user_id, question_text, search_text, slug, delete_flag) VALUES ?'
    await db.execute(sql, [rows])
    const fault = new Deadlock('injected')
    const scrubs: number[][] = []
    const left = async () =>
      (await db.select<{ id: number }>("SELECT id FROM question WHERE search_text = 'old' ORDER BY id")).map(
        ({ id }) => id
      )
    const failing = { ...failingAt(db, 101, fault), scrub: async () => void scrubs.push(await left()) }
    const failures: unknown[] = []
    const removals = new Removals(failing, error => failures.push(error))
    let isDone = false
    const sweep = removals.sweep().then(() => (isDone = true))
    await eventuallyEqual(() => scrubs, [[101]])
    await turn()
    assert.deepEqual([failures, isDone], [[fault], false])
    await removals.close()
    await sweep
  })

  onEngines('what waits for webhooks of the account goes with its poll alone', async (t, engine) => {
    const db = await open(t, engine)
    const other = await ask({ db }, { user_id: 3 })
    const hook = {
      url: 'https://hooks.example.org/',
      events: ['poll.edited' as const],
      format: 'standard' as const
    }
    await new Webhooks(db).create({ user: 3, question: null }, hook)
    await db.execute('UPDATE question SET revision = revision + 1 WHERE id IN (?)', [[3, other.id]])
    await changesIn(db).sweep()
    const waiting = async () => {
      const rows = await db.select<{ payload: string }>('SELECT payload FROM webhook_delivery ORDER BY id')
      return rows.map(
        ({ payload }) => (JSON.parse(payload) as { data: { question_id: number } }).data.question_id
      )
    }
    assert.deepEqual(
      (await waiting()).toSorted((a, b) => a - b),
      [3, other.id]
    )
    const { removals, management } = organise(db)
    await management.remove(3, { owner: 3 })
    assert.deepEqual(await waiting(), [other.id])
    await removals.close()
  })

  onEngines(
    'embedded: a line of the history goes with its poll alone, and a deleted poll stays deleted',
    async (t, engine) => {
      const db = await open(t, engine)
      const { id } = await ask({ db })
      const edit = { act: 'closed', choice_id: null, before: null, after: null } as const
      await db.transaction(tx => recordEdits(tx, id, 2, [edit], '2026-11-27 12:00:00'))
      const lose = () => db.execute('DELETE FROM question_edit WHERE question_id = ?', [id])
      await assert.rejects(lose())
      await assert.rejects(db.execute("UPDATE question_edit SET act = 'reopened'"))
      await db.execute('UPDATE question SET delete_flag = 1 WHERE id = ?', [id])
      await assert.rejects(db.execute('UPDATE question SET delete_flag = 0 WHERE id = ?', [id]))
      await lose()
    },
    [embedded]
  )
})
