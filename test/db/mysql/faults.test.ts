/** Deadlocks, killed connections and slow statements become our errors, and the pool recovers. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { TestContext } from 'node:test'
import type { Database, Queries } from '../../../app/db/database.ts'
import { CommitUnknown, ConnectionLost, DatabaseBusy, Deadlock } from '../../../app/db/errors.ts'
import { migrate } from '../../../app/db/migrations/migrate.ts'
import { connect, open, place } from '../../support/database.ts'
import { type Engine, onEngines, shared } from '../../support/engines.ts'
import { eventuallyEqual } from '../../support/eventually.ts'

const touch = 'UPDATE user SET locale = ? WHERE id = ?'
const locales = async (db: Database) =>
  (await db.select<{ locale: string | null }>('SELECT locale FROM user ORDER BY id')).map(row => row.locale)
const connectionId = async (queries: Queries) =>
  (await queries.fetchone<{ id: number }>('SELECT CONNECTION_ID() AS id'))!.id

/** Opens a pool of one connection, and a connection of an administrator. */
async function withAdministrator(t: TestContext, engine: Engine) {
  const config = await place(t, engine, { connectionLimit: 1, queryTimeout: 10_000 })
  const db = connect(t, config)
  const administrator = connect(t, config)
  await migrate(db, config)
  const kill = (id: number) => administrator.execute(`KILL ${id}`)
  return { db, administrator, kill }
}

describe('db/mysql/faults', () => {
  onEngines(
    'of two transactions that wait for each other, one is committed and one throws Deadlock',
    async (t, engine) => {
      const db = await open(t, engine, { queryTimeout: 10_000 })
      let arrived = 0
      const both = Promise.withResolvers<void>()
      const lock = (name: string, first: number, second: number) =>
        db.transaction(async tx => {
          await tx.execute(touch, [name, first])
          if (++arrived === 2) both.resolve()
          await both.promise
          await tx.execute(touch, [name, second])
          return name
        })
      const outcomes = await Promise.allSettled([lock('a', 1, 2), lock('b', 2, 1)])
      const [won] = outcomes.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
      const [lost] = outcomes.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
      assert.ok(lost instanceof Deadlock)
      assert.deepEqual(await locales(db), [won, won, null])
    },
    shared
  )

  onEngines(
    'a statement whose connection is killed throws ConnectionLost, and the pool recovers',
    async (t, engine) => {
      const { db, kill } = await withAdministrator(t, engine)
      const id = await connectionId(db)
      const slow = db.select('SELECT SLEEP(30)')
      const lost = assert.rejects(slow, ConnectionLost)
      await kill(id)
      await lost
      assert.notEqual(await connectionId(db), id)
    },
    shared
  )

  onEngines(
    'a transaction whose connection is killed is rolled back and throws ConnectionLost',
    async (t, engine) => {
      const { db, kill } = await withAdministrator(t, engine)
      const killed = db.transaction(async tx => {
        await tx.execute(touch, ['a', 1])
        await kill(await connectionId(tx))
        await tx.execute(touch, ['a', 2])
      })
      await assert.rejects(killed, ConnectionLost)
      assert.deepEqual(await locales(db), [null, null, null])
    },
    shared
  )

  onEngines(
    'a COMMIT without an answer throws CommitUnknown and never succeeds',
    async (t, engine) => {
      const { db, kill } = await withAdministrator(t, engine)
      const killed = db.transaction(async tx => {
        await tx.execute(touch, ['a', 1])
        await kill(await connectionId(tx))
      })
      await assert.rejects(killed, CommitUnknown)
      assert.deepEqual(await locales(db), [null, null, null])
    },
    shared
  )

  onEngines(
    'a killed idle connection is replaced without an error',
    async (t, engine) => {
      const { db, kill } = await withAdministrator(t, engine)
      for (let round = 0; round < 3; round++) {
        const id = await connectionId(db)
        await kill(id)
        const answer = await connectionId(db).catch((error: unknown) => error)
        if (answer instanceof ConnectionLost) assert.notEqual(await connectionId(db), id)
        else assert.notEqual(answer, id)
      }
    },
    shared
  )

  onEngines(
    'a statement over its time limit throws DatabaseBusy, and the next one does not get its answer',
    async (t, engine) => {
      const config = await place(t, engine, { connectionLimit: 1, queryTimeout: 100 })
      const db = connect(t, config)
      await assert.rejects(db.select('SELECT SLEEP(2) AS answer'), DatabaseBusy)
      assert.deepEqual({ ...(await db.fetchone<object>('SELECT 42 AS answer')) }, { answer: 42 })
    },
    shared
  )

  /** Never ends in practice: combines some hundred rows four times. */
  const endless = `SELECT COUNT(*) AS n FROM ${['a', 'b', 'c', 'd'].map(one => `information_schema.collations ${one}`).join(', ')}
  WHERE CONCAT(a.id, b.id, c.id, d.id) = 'given up'`

  onEngines(
    'the server ends a statement whose client timed out, but not one with a longer time limit',
    async (t, engine) => {
      const config = await place(t, engine, { connectionLimit: 1, queryTimeout: 100 })
      const db = connect(t, config)
      const administrator = connect(t, await place(t, engine, { queryTimeout: 10_000 }))
      await assert.rejects(db.select(endless), DatabaseBusy)
      const others =
        "SELECT info FROM information_schema.processlist WHERE info LIKE '%given up%' AND id <> ?"
      const running = async () => administrator.select(others, [await connectionId(administrator)])
      await eventuallyEqual(running, [], 'it goes on')
      const slow = (queries: Queries) => queries.fetchone<{ cut: number }>('SELECT SLEEP(1) AS cut')
      assert.equal((await db.withAdvisoryLock('vote:slow', slow, 5_000))!.cut, 0)
      const limit = 'SELECT /*M! @@max_statement_time * 1000 */ /*!80000 @@max_execution_time */ AS most'
      assert.equal(Number((await db.fetchone<{ most: unknown }>(limit))!.most), 600)
      const impatient = db.withAdvisoryLock('vote:slow', async queries => {
        await queries.execute(
          'SET SESSION /*M! max_statement_time = 0.02 */ /*!80000 max_execution_time = 20 */'
        )
        await queries.select(endless)
      })
      await assert.rejects(impatient, { name: 'DatabaseBusy', message: /interrupted|ER_QUERY_TIMEOUT/ })
    },
    shared
  )

  onEngines(
    'a statement is rejected at once when the queue for connections is full',
    async (t, engine) => {
      const db = await open(t, engine, { connectionLimit: 1, queueLimit: 2 })
      const answers = await Promise.allSettled(Array.from({ length: 6 }, () => db.select('SELECT 1 AS one')))
      const refused = answers.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
      assert.ok(refused.length >= 3)
      assert.ok(refused.every(error => error instanceof DatabaseBusy))
      assert.equal((await db.select('SELECT 1 AS one')).length, 1)
    },
    shared
  )

  onEngines(
    'an unreachable server throws ConnectionLost',
    async (t, engine) => {
      const config = await place(t, engine, { socketPath: '/nowhere.sock' })
      await assert.rejects(connect(t, config).select('SELECT 1 AS one'), ConnectionLost)
    },
    shared
  )
})
