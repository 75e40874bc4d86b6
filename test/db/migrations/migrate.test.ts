/** Migrations: run once by concurrent processes, never backwards. Sample data is loaded once. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { checkConfig, root } from '../../../app/config/load.ts'
import { checkSchema, migrate, SchemaMismatch, seed } from '../../../app/db/migrations/migrate.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { connect, place } from '../../support/database.ts'
import { embedded, mariadb, onEngines } from '../../support/engines.ts'
import { run, writeConfig } from '../../support/program.ts'
import { rounds } from '../../support/rounds.ts'

/** As a migration reports them: `1.polls` for `001.do.polls.sql`. */
const MIGRATIONS = readdirSync(join(root, 'sql/sqlite'))
  .toSorted()
  .map(file => file.replace(/^0*(\d+)\.do\.(.+)\.sql$/, '$1.$2'))
const LATEST = Number.parseInt(MIGRATIONS.at(-1)!, 10)

describe('db/migrations/migrate', () => {
  test('four pools that migrate a new database concurrently run each migration once, several times over', async t => {
    for (let round = 0; round < rounds(3, 10); round++) {
      const config = await place(t, mariadb)
      const dbs = Array.from({ length: 4 }, () => connect(t, config))
      const ran = await Promise.all(dbs.map(db => migrate(db, config)))
      assert.deepEqual(ran.flat(), MIGRATIONS)
      assert.equal((await dbs[0]!.select('SELECT id FROM question')).length, 3)
      assert.deepEqual(await audit(dbs[0]!), [])
    }
  })

  onEngines('four processes that start together migrate a new database once', async (t, engine) => {
    const tree = await engine.config(t)
    const { file, env } = writeConfig(t, tree)
    const ended = await Promise.all([1, 2, 3, 4].map(() => run(t, ['migrate', '--config', file], env).ended))
    assert.deepEqual(
      ended.map(({ code, stderr }) => ({ code, stderr })),
      ended.map(() => ({ code: 0, stderr: '' }))
    )
    assert.equal(ended.filter(({ stdout }) => stdout === `migrated: ${MIGRATIONS.join(', ')}\n`).length, 1)
    assert.equal(ended.filter(({ stdout }) => stdout === 'the schema is up to date\n').length, 3)
  })

  onEngines('a schema newer than the program is rejected with an instruction', async (t, engine) => {
    const tree = await engine.config(t)
    const config = await place(t, { ...engine, config: async () => tree })
    const db = connect(t, config)
    await migrate(db, config)
    await checkSchema(db, config)
    await db.execute("INSERT INTO schemaversion (version, name, md5) VALUES (99, 'later', '')")
    const isNewer = (error: unknown) =>
      error instanceof SchemaMismatch &&
      new RegExp(`has schema 99.*up to ${LATEST}.*newer program.*backup`).test(error.message)
    await assert.rejects(migrate(db, config), isNewer)
    await assert.rejects(checkSchema(db, config), isNewer)
    const { file, env } = writeConfig(t, tree)
    const { code, stdout, stderr } = await run(t, ['--config', file, '--port', '0'], env).ended
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, /^The database has schema 99.*\n$/)
  })

  test('a migration that its server ended, and that was not recorded, is found done', async t => {
    const config = await place(t, mariadb)
    const db = connect(t, config)
    await migrate(db, config, { to: 34 })
    // As a server does whose client is gone: it ends the statement.
    const script = readFileSync(join(root, 'sql/mysql/035.do.suggestions.sql'), 'utf8')
    for (const sql of script.replace(/^--.*$/gm, '').split(/;$/m)) if (sql.trim()) await db.execute(sql)
    assert.deepEqual(await migrate(db, config), MIGRATIONS.slice(34))
  })

  test('an upgrade that ended before it filled the rows is completed by the next process', async t => {
    const config = await place(t, mariadb, { sampleData: false })
    const db = connect(t, config)
    await migrate(db, config, { to: 40 })
    await db.execute("INSERT INTO user (name, email, password) VALUES ('Ann', 'ann@example.org', '')")
    const poll = [1, 'former-poll-1', 'Łódź', 'łodz']
    await db.execute(
      'INSERT INTO question (user_id, slug, question_text, search_text) VALUES (?, ?, ?, ?)',
      poll
    )
    await migrate(db, config)
    // As a process leaves it that is killed behind the last migration.
    await db.execute('UPDATE question SET search_text = ?', ['łodz'])
    await db.execute('DELETE FROM backfill')
    await db.execute('DELETE FROM admin_log')
    for (let again = 0; again < 2; again++) {
      assert.deepEqual(await migrate(db, config), [])
      const text = 'SELECT CONVERT(search_text USING utf8mb4) AS text FROM question'
      assert.deepEqual(await db.select(text), [{ text: 'lodz' }])
      const lines = await db.select<{ act: string }>('SELECT act FROM admin_log')
      assert.deepEqual(
        lines.map(({ act }) => act),
        ['upgrade']
      )
    }
  })

  test('a first start that ended before it filled the rows is no upgrade', async t => {
    const config = await place(t, mariadb)
    const db = connect(t, config)
    await migrate(db, config)
    // As a process leaves it that is killed behind the last migration.
    await db.execute('DELETE FROM backfill')
    assert.deepEqual(await migrate(db, config), [])
    assert.deepEqual(await db.select('SELECT act FROM admin_log'), [])
    assert.equal((await db.select('SELECT version FROM backfill')).length, 1)
  })

  onEngines('a process that may not migrate names the command to run', async (t, engine) => {
    const config = await place(t, engine, { migrate: false })
    const db = connect(t, config)
    await assert.rejects(
      checkSchema(db, config),
      new RegExp(`schema 0, ${LATEST} is needed: run the command migrate`)
    )
  })

  onEngines(
    'seed loads the sample polls into a database without users, and only there',
    async (t, engine) => {
      const config = await place(t, engine, { sampleData: false })
      const db = connect(t, config)
      await migrate(db, config)
      assert.deepEqual(await db.select('SELECT id FROM user'), [])
      assert.equal(await seed(db), true)
      assert.equal(await seed(db), false)
      assert.equal((await db.select('SELECT id FROM user')).length, 3)
      assert.deepEqual(await audit(db), [])
    }
  )

  test('seed and audit are commands, and audit exits with 1 if a counter is wrong', async t => {
    const tree = await embedded.config(t)
    const { file, env } = writeConfig(t, { ...tree, database: { ...tree.database, sampleData: false } })
    const say = async (command: string) => {
      const { code, stdout } = await run(t, [command, '--config', file], env).ended
      return [code, stdout]
    }
    assert.deepEqual(await say('seed'), [0, 'the sample polls are loaded\n'])
    assert.deepEqual(await say('seed'), [0, 'the database has users: nothing was loaded\n'])
    assert.deepEqual(await say('audit'), [0, 'every counter equals its rows\n'])
    const db = connect(t, checkConfig(tree).database)
    await db.execute('UPDATE choice SET votes = 9 WHERE id = 1')
    await db.execute("DELETE FROM vote WHERE question_id = 3 AND voter = 'b:sample-2' AND slot = 0")
    const [code, said] = await say('audit')
    assert.equal(code, 1)
    assert.match(String(said), /question 1, votes of a choice: stored 9, counted 3\n/)
    assert.match(String(said), /question 3, slots of a ballot/)
  })
})
