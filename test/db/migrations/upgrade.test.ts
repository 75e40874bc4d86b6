/** Upgrades keep every result, and a migration that changes one is stopped. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { root } from '../../../app/config/load.ts'
import type { Database } from '../../../app/db/database.ts'
import { LossyMigration, migrate } from '../../../app/db/migrations/migrate.ts'
import { ITEMS_VERSION, tallies } from '../../../app/db/migrations/tally.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { contents } from '../../support/contents.ts'
import { connect, type DatabaseConfig, place } from '../../support/database.ts'
import { onEngines, scratch } from '../../support/engines.ts'

const versions = readdirSync(join(root, 'sql/sqlite')).map(name => Number.parseInt(name, 10))
const newest = Math.max(...versions)

/** An account, polls and votes with the names of the first schema. `tag`: what they are called. */
async function fill(db: Database, tag: string) {
  const { insertId: user } = await db.execute(
    "INSERT INTO user (name, email, password) VALUES ('Ann', ?, '')",
    [`${tag}@example.org`]
  )
  for (let poll = 1; poll <= 5; poll++) {
    const many = poll % 2
    const { insertId: question } = await db.execute(
      'INSERT INTO question (user_id, slug, question_text, kind, max_choices, voters) VALUES (?, ?, ?, ?, ?, ?)',
      [user, `${tag}-poll-${poll}`, 'Which?', many ? 'multiple' : 'single', many ? 2 : 1, poll * 10]
    )
    const choices: number[] = []
    for (const position of [1, 2]) {
      const votes = many || position === 1 ? poll * 10 : 0
      const row = [question, position, `option ${position}`, votes]
      choices.push(
        (
          await db.execute(
            'INSERT INTO choice (question_id, position, choice_text, votes) VALUES (?, ?, ?, ?)',
            row
          )
        ).insertId
      )
    }
    const rows = Array.from({ length: poll * 10 }, (_, n) =>
      choices
        .slice(0, many ? 2 : 1)
        .map((choice, slot) => [
          question,
          `b:voter-${n}`,
          slot,
          choice,
          'r'.repeat(22),
          '2026-01-01 12:00:00'
        ])
    )
    await db.execute('INSERT INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES ?', [
      rows.flat()
    ])
  }
}

/** Creates a database of that schema with votes. */
async function seeded(t: TestContext, config: DatabaseConfig, version: number) {
  const db = connect(t, config)
  await migrate(db, config, { to: version })
  await fill(db, 'seeded')
  return db
}

describe('db/migrations/upgrade', () => {
  onEngines('each migration changes no result of the polls of any earlier schema', async (t, engine) => {
    const config = await place(t, engine, { sampleData: false })
    const db = connect(t, config)
    await migrate(db, config, { to: 1 })
    for (let version = 1; version < newest; version++) {
      await fill(db, `of-${version}`)
      const before = await tallies(db, false)
      assert.equal(before.size, 5 * version)
      assert.equal((await migrate(db, config, { to: version + 1 })).length, 1)
      assert.deepEqual(await tallies(db, false), before, `from ${version}`)
    }
    assert.deepEqual(await audit(db), [])
  })

  onEngines('an upgrade by many migrations changes no result', async (t, engine) => {
    for (const version of [1, ITEMS_VERSION, newest - 1]) {
      const config = await place(t, engine, { sampleData: false })
      const db = await seeded(t, config, version)
      const before = await tallies(db, false)
      assert.equal(before.size, 5)
      assert.equal((await migrate(db, config)).length, newest - version)
      assert.deepEqual(await tallies(db, false), before, `from ${version}`)
      const lines = await db.select<{ detail: string }>("SELECT detail FROM admin_log WHERE act = 'upgrade'")
      assert.deepEqual(
        lines.map(({ detail }) => detail),
        ['5'],
        'the log says how many polls were compared'
      )
      assert.deepEqual(await audit(db), [])
    }
  })

  onEngines(
    'an upgrade leaves no ballot of an anonymous poll marked as that of a deleted account',
    async (t, engine) => {
      const config = await place(t, engine, { sampleData: false })
      const db = await seeded(t, config, 37)
      await db.execute("UPDATE question SET privacy = 'anonymous' WHERE slug <> 'seeded-poll-2'")
      await db.execute('UPDATE vote SET voter = CONCAT(?, SUBSTR(voter, 3)), cast_time = ?', [
        'x:',
        '2026-01-01 00:00:00'
      ])
      await db.execute("UPDATE vote SET voter = CONCAT('a:', SUBSTR(voter, 3)) WHERE voter = 'x:voter-7'")
      await migrate(db, config)
      const rows = await db.select<{ slug: string; voter: string; slots: number }>(
        `SELECT q.slug, v.voter, COUNT(*) AS slots FROM vote v JOIN question q ON q.id = v.question_id
         GROUP BY q.slug, v.voter`
      )
      assert.equal(rows.length, 150, 'each ballot has one key')
      for (const { slug, voter, slots } of rows) {
        const isUntouched = slug === 'seeded-poll-2' || voter === 'a:voter-7'
        assert.match(voter, isUntouched ? /^[ax]:voter-\d+$/ : /^a:[\w-]{42}[AEIMQUYcgkosw048]$/)
        assert.equal(slots, Number(slug.at(-1)) % 2 === 1 ? 2 : 1)
      }
      assert.deepEqual(await audit(db), [])
    }
  )

  onEngines('an upgrade leaves a view of the host as it is', async (t, engine) => {
    const config = await place(t, engine, { sampleData: false })
    const db = await seeded(t, config, newest - 1)
    await db.execute('CREATE VIEW busy AS SELECT id FROM question WHERE voters > 20')
    assert.equal((await migrate(db, config)).length, 1)
    assert.equal((await db.select('SELECT id FROM busy')).length, 3)
  })

  onEngines('an upgrade finds the poll of what waits for webhooks', async (t, engine) => {
    const config = await place(t, engine, { sampleData: false })
    const db = await seeded(t, config, 42)
    const polls = await db.select<{ id: number; user_id: number }>(
      'SELECT id, user_id FROM question ORDER BY id'
    )
    const ids = polls.map(({ id }) => id)
    const { insertId: hook } = await db.execute(
      "INSERT INTO webhook (user_id, url, events, format, secret) VALUES (?, '', '', '', '')",
      [polls[0]!.user_id]
    )
    const rows = ids.map(id => [
      hook,
      '',
      JSON.stringify({ data: { question_id: id } }),
      '2026-01-01 00:00:00'
    ])
    await db.execute('INSERT INTO webhook_delivery (webhook_id, type, payload, next_time) VALUES ?', [rows])
    await db.execute('UPDATE question SET delete_flag = 1 WHERE id = ?', [polls[0]!.id])
    await migrate(db, config)
    const left = await db.select<{ question_id: number }>(
      'SELECT question_id FROM webhook_delivery ORDER BY id'
    )
    assert.deepEqual(
      left.map(({ question_id }) => question_id),
      ids.slice(1)
    )
  })

  /** Migrations that must fail, each run after the newest one. */
  const lossy: Array<[what: string, sql: string]> = [
    ['loses votes', 'ALTER TABLE question ADD COLUMN extra INTEGER;\nDELETE FROM vote WHERE slot = 1;\n'],
    [
      'moves votes',
      'ALTER TABLE question ADD COLUMN extra INTEGER;\nUPDATE vote SET choice_id = 2 WHERE choice_id = 1 AND slot = 0 AND question_id = 2;\nDELETE FROM vote WHERE choice_id = 3;\n'
    ],
    [
      'breaks counters',
      'ALTER TABLE question ADD COLUMN extra INTEGER;\nUPDATE choice SET votes = votes + 1 WHERE id = 3;\n'
    ],
    [
      'fails half-way',
      'ALTER TABLE question ADD COLUMN extra INTEGER;\nALTER TABLE nowhere ADD COLUMN extra INTEGER;\n'
    ]
  ]

  for (const [what, sql] of lossy) {
    onEngines(`a migration that ${what} is stopped, and the old schema is unchanged`, async (t, engine) => {
      const config = await place(t, engine, { sampleData: false })
      const db = await seeded(t, config, newest)
      const before = await contents(db)
      const folder = scratch(t)
      cpSync(join(root, 'sql'), folder, { recursive: true })
      const inside = config.engine === 'mysql' ? 'mysql' : 'sqlite'
      writeFileSync(join(folder, inside, `${String(newest + 1).padStart(3, '0')}.do.lossy.sql`), sql)

      await assert.rejects(migrate(db, config, { folder }), (error: Error) => {
        if (what === 'fails half-way') return !(error instanceof LossyMigration)
        return (
          error instanceof LossyMigration &&
          /changes the result of \d polls \([\d, ]+\).*is as it was/.test(error.message)
        )
      })
      assert.equal(await contents(db), before)
      await assert.rejects(db.select('SELECT extra FROM question'), 'the column never came')
      assert.deepEqual(await migrate(db, config), [], 'the old program finds its own schema')
      if (config.engine !== 'mysql') return
      const sql_ = 'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE ?'
      assert.deepEqual(await db.select(sql_, [`${config.database}\\_rehearsal`]), [], 'the copy is gone')
    })
  }

  onEngines(
    'a copy of the program with CRLF line ends continues where one with LF stopped, and back',
    async (t, engine) => {
      const config = await place(t, engine, { sampleData: false })
      const db = connect(t, config)
      const folder = scratch(t)
      cpSync(join(root, 'sql'), folder, { recursive: true })
      for (const name of ['sqlite', 'mysql'].flatMap(one =>
        readdirSync(join(folder, one)).map(n => join(folder, one, n))
      ))
        writeFileSync(name, readFileSync(name, 'utf8').replaceAll('\n', '\r\n'))
      await migrate(db, config, { to: 1 })
      await migrate(db, config, { folder, to: 2 })
      await migrate(db, config, { to: 3 })
      await migrate(db, config, { folder })
      assert.deepEqual(await migrate(db, config), [])
    }
  )
})
