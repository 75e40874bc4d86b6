/** The command `move`: everything arrives in the other engine, or nothing does. */
import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { checkConfig } from '../../app/config/load.ts'
import { tallies } from '../../app/db/migrations/tally.ts'
import type { Database } from '../../app/db/database.ts'
import { openDatabase } from '../../app/db/open.ts'
import { audit } from '../../app/models/polls/audit.ts'
import { members, start, visitor } from '../support/app.ts'
import { embedded, type Engine, mariadb, onEngines, secret, type Tree } from '../support/engines.ts'
import { ask, ofDates } from '../support/polls.ts'
import { run, writeConfig } from '../support/program.ts'

const tables = [
  'user',
  'question',
  'choice',
  'vote',
  'tally',
  'password_reset',
  'token',
  'external_identity',
  'recovery_code',
  'webhook',
  'webhook_state',
  'webhook_delivery',
  'account_invitation',
  'invitation',
  'invitation_contact',
  'mail',
  'pending_account',
  'email_change',
  'mail_digest',
  'poll_template',
  'room',
  'room_question',
  'admin_log',
  'question_edit',
  'report',
  'setting',
  'suggestion'
]

/** Every row of every table, as both engines give it. */
async function rowsOf(db: Database) {
  const all: Record<string, unknown[]> = {}
  for (const table of tables) {
    const rows = await db.select<Record<string, unknown>>(`SELECT * FROM ${table}`)
    all[table] = rows
      .map(row =>
        JSON.stringify(
          Object.entries(row)
            .map(pair => pair.join())
            .toSorted()
        )
      )
      .toSorted()
  }
  return all
}

const talliesOf = (db: Database) => tallies(db, true)

async function look<T>(tree: Tree, work: (db: Database) => Promise<T>) {
  const db = openDatabase(checkConfig(tree).database)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

/**
 * A database with accounts, polls of each kind, votes by link and by account, retired options and a
 * removed poll.
 */
async function lived(t: TestContext, engine: Engine) {
  const tree = await engine.config(t)
  const app = await start(t, tree)
  const people = await members(app, 12)
  const owner = people[0]!.id
  const text = "L'été 😀 \\ ' % _ 你好"
  const poll = await ask(app, { user_id: owner, question_text: text, kind: 'multiple', max_choices: 2 })
  for (const voter of people) await voter.put(`/questions/${poll.slug}/vote`, { choice: poll.choices })
  const guest = visitor(app)
  await guest.page(`/questions/${poll.slug}`)
  const counted = await guest.put(`/questions/${poll.slug}/vote`, { choice: [poll.choices[0]!] })
  assert.equal(counted.statusCode, 200)
  const ranked = await ask(app, { kind: 'ranked', count_method: 'irv', max_choices: 2 })
  const scored = await ask(app, { kind: 'score', max_choices: 2 })
  await ask(app, ofDates(2), [
    { starts: '2026-12-04', ends: null },
    { starts: '2026-12-04 17:00:00', ends: '2026-12-04 19:00:00' }
  ])
  for (const [n, voter] of people.entries()) {
    const choice = n % 3 === 0 ? ranked.choices : ranked.choices.toReversed()
    await voter.put(`/questions/${ranked.slug}/vote`, { choice })
    await voter.put(`/questions/${scored.slug}/vote`, { choice: scored.choices, value: [n % 6, 5] })
  }
  const closing = await ask(app, {
    close_time: '2099-03-29 02:30:15',
    description: 'x'.repeat(2_000),
    listed: 0
  })
  await app.db.execute('UPDATE choice SET delete_flag = 1 WHERE id = ?', [closing.choices[0]!])
  const gone = await ask(app)
  await app.db.execute('DELETE FROM choice WHERE question_id = ?', [gone.id])
  await app.db.execute('DELETE FROM question WHERE id = ?', [gone.id])
  await app.db.execute('INSERT INTO password_reset (token_hash, user_id, expires_time) VALUES (?, ?, ?)', [
    'h'.repeat(43),
    people[0]!.id,
    '2099-01-01 00:00:00'
  ])
  const ownerUser = (await app.users.find(owner))!
  await app.tokens.create(ownerUser, { name: 'Ünïcode 令牌', scopes: ['read', 'vote'], expires: null })
  await app.identities.connect(ownerUser, { issuer: 'https://login.example.org/realms/a', subject: 'Ann|1' })
  const url = 'https://hooks.example.org/x'
  const subject = { user: owner, question: poll.id }
  const { id } = await app.webhooks.create(subject, { url, events: ['poll.closed'], format: 'slack' })
  await app.db.execute(
    'INSERT INTO webhook_delivery (webhook_id, type, payload, next_time) VALUES (?, ?, ?, ?)',
    [id, 'poll.closed', '{"data":{"question_text":"你好 😀"}}', '2099-01-01 00:00:00']
  )
  await app.resetMails.ask('josé@bücher.example', 'de')
  await app.digests.set(people[0]!.id, true)
  await app.db.execute("INSERT INTO poll_template (user_id, name, poll) VALUES (?, '每周 😀', '{}')", [
    people[0]!.id
  ])
  await app.db.execute(
    'INSERT INTO pending_account (token_hash, name, email, password, next, expires_time) VALUES (?, ?, ?, ?, ?, ?)',
    ['p'.repeat(43), 'José', 'josé@bücher.example', '$argon2id$v=19$x', '/', '2099-01-01 00:00:00']
  )
  await app.db.execute(
    'INSERT INTO email_change (user_id, token_hash, email, expires_time) VALUES (?, ?, ?, ?)',
    [owner, 'e'.repeat(43), 'josé@bücher.example', '2099-01-01 00:00:00']
  )
  await app.administration.endSessions(people[1]!.id, owner)
  await app.reports.create(poll.id, '垃圾信息 😀')
  await app.db.execute("INSERT INTO setting (name, value) VALUES ('name', ?)", ['"Größe"'])
  const [option] = scored.choices
  const texts = {
    choices: [{ id: option!, choice_text: '更正 😀' }],
    choice_text: [],
    dates: [],
    confirm: false
  }
  await app.amendments.amend(scored.id, 1, texts, 1)
  await app.close()
  return { tree, poll, guest, gone }
}

/** Runs the command. The secret of a server is in the environment, as it is in operation. */
async function move(t: TestContext, from: Tree, to: Tree, env: Record<string, string> = {}) {
  const [source, target] = [writeConfig(t, from), writeConfig(t, to)]
  const secrets = from.database!.engine === 'mysql' ? source.env : { VOTE_SESSION_SECRET: secret }
  return run(t, ['move', '--from', source.file, '--to', target.file], { ...secrets, ...env }).ended
}

/** An empty target, without a secret of its own. */
async function empty(t: TestContext, engine: Engine): Promise<Tree> {
  const { session: _none, ...tree } = await engine.config(t)
  return tree
}

const withSecretBeside = (tree: Tree): Tree => {
  const { session: _none, ...rest } = tree
  return rest
}

describe('cli/move', () => {
  for (const [from, to] of [
    [embedded, mariadb],
    [mariadb, embedded],
    [mariadb, mariadb]
  ] as const) {
    test(`everything arrives, ids included, from ${from.name} to ${to.name}`, async t => {
      const { tree, poll, guest, gone } = await lived(t, from)
      const target = await empty(t, to)
      const before = await look(tree, rowsOf)
      const moved = await move(t, tree, target, { VOTE_SESSION_SECRET: secret })
      assert.equal(moved.code, 0, moved.stderr)
      assert.match(moved.stdout, /^moved: .*vote \d+/)
      assert.deepEqual(await look(tree, rowsOf), before, 'the source is as it was')
      assert.deepEqual(
        await look(target.session ? target : { ...target, session: { secret } }, rowsOf),
        before
      )
      const config: Tree =
        to === embedded
          ? { ...target, session: { secret: readFileSync(beside(target), 'utf8') } }
          : { ...target, session: { secret } }
      assert.deepEqual(await look(config, audit), [])
      assert.deepEqual(await look(config, talliesOf), await look(tree, talliesOf))

      const app = await start(t, config)
      const same = visitor(app)
      for (const [name, value] of guest.cookies) same.cookies.set(name, value)
      const changed = await same.put(`/questions/${poll.slug}/vote`, { choice: [poll.choices[1]!] })
      assert.equal(changed.statusCode, 200, 'the browser is still the same voter')
      const voters = await app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = ?', [
        poll.id
      ])
      assert.equal(voters?.voters, 13)
      const next = await ask(app)
      assert.ok(next.id > gone.id, 'the id of a removed poll is not given again')
    })
  }

  onEngines('a target that has rows is not changed', async (t, engine) => {
    const { tree } = await lived(t, embedded)
    const target = await engine.config(t)
    await (await start(t, target)).close()
    const before = await look(target, rowsOf)
    const { code, stderr } = await move(t, tree, withSecretBeside(target))
    assert.deepEqual(
      [code, /✖ Nothing was moved. The target is not empty: its table \w+ has rows/.test(stderr)],
      [1, true]
    )
    assert.deepEqual(await look(target, rowsOf), before)
  })

  const refused: Array<[what: string, sql: string, message: RegExp]> = [
    [
      'a date that no calendar has',
      "UPDATE question SET close_time = '2027-02-30 12:00:00' WHERE id = 1",
      /question 1: close_time is no time/
    ],
    [
      'a number that does not fit',
      'UPDATE question SET max_choices = 3000000000 WHERE id = 2',
      /question 2: max_choices is no number that fits/
    ],
    [
      'letters in a phone number',
      "UPDATE user SET phone = '+49é' WHERE id = 1",
      /user 1: phone holds characters that are not ASCII/
    ],
    [
      'a long locale',
      "UPDATE user SET locale = 'a-locale-that-is-too-long' WHERE id = 2",
      /user 2: locale is longer than 10 characters/
    ]
  ]
  for (const [what, sql, message] of refused) {
    test(`${what} is named beforehand, with its row, and the target stays empty`, async t => {
      const tree = await embedded.config(t)
      const app = await start(t, tree)
      await app.db.execute(sql)
      await app.close()
      const target = await empty(t, mariadb)
      const { code, stderr } = await move(t, tree, target)
      assert.equal(code, 1)
      assert.match(stderr, message)
      const rows = await look({ ...target, session: { secret } }, rowsOf)
      assert.ok(Object.values(rows).every(list => list.length === 0))
    })
  }

  test('the secret of another database beside the target is not replaced', async t => {
    const other = 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY'
    const tree = await embedded.config(t)
    await (await start(t, tree)).close()
    const target = await empty(t, embedded)
    writeFileSync(beside(target), other)
    const { code, stderr } = await move(t, tree, target)
    assert.deepEqual([code, /^✖ .*session\.secret is the secret of another database/.test(stderr)], [1, true])
    assert.equal(readFileSync(beside(target), 'utf8'), other)
    writeFileSync(beside(target), `${secret}\n`)
    assert.equal((await move(t, tree, target)).code, 0)
  })

  onEngines('a source whose upgrade was interrupted is refused', async (t, engine) => {
    const tree = await engine.config(t)
    const app = await start(t, tree)
    await app.db.execute('DELETE FROM backfill')
    await app.close()
    const target = await empty(t, embedded)
    const { code, stderr } = await move(t, tree, target)
    assert.equal(code, 1)
    assert.match(stderr, /^✖ An upgrade of the source was interrupted: run the command migrate on it$/m)
  })

  test('a source whose counters differ, another secret, and the same database twice are refused', async t => {
    const { tree } = await lived(t, embedded)
    const target = await empty(t, mariadb)
    const other = await move(t, withSecretBeside(tree), target, {
      VOTE_SESSION_SECRET: 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY'
    })
    assert.equal(
      other.code,
      0,
      'an embedded database has its secret beside it; the environment is the one of the server'
    )
    assert.match((await move(t, tree, tree)).stderr, /same database/)
    writeFileSync(beside(tree), secret)
    for (const engine of [embedded, mariadb]) {
      const wrong = await move(t, withSecretBeside(tree), await empty(t, engine), {
        VOTE_SESSION_SECRET: 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY'
      })
      assert.deepEqual([wrong.code, /is not the secret in .*session\.secret/.test(wrong.stderr)], [1, true])
    }
    rmSync(beside(tree))
    const none = await move(t, withSecretBeside(tree), await empty(t, embedded), { VOTE_SESSION_SECRET: '' })
    assert.deepEqual([none.code, /The source has no session secret/.test(none.stderr)], [1, true])
    const broken = await lived(t, embedded)
    const app = await start(t, broken.tree)
    await app.db.execute('UPDATE choice SET votes = votes + 1 WHERE id = 1')
    await app.close()
    const { code, stderr } = await move(t, broken.tree, await empty(t, mariadb))
    assert.equal(code, 1)
    assert.match(stderr, /counters of the source differ: the command audit lists them/)
  })

  /** Printed one after the other: the process is killed at each. */
  const places = ['sound', 'user: ', 'vote: ', 'every result is the same', 'committing']
  for (const [to, name] of [
    [mariadb, 'MariaDB'],
    [embedded, 'the embedded database']
  ] as const) {
    test(`killed at ${places.length} places, the source is unchanged and ${name} empty or complete`, async t => {
      const from = to === mariadb ? embedded : mariadb
      const { tree } = await lived(t, from)
      const before = await look(tree, rowsOf)
      for (const place of places) {
        const target = await empty(t, to)
        const [source, there] = [writeConfig(t, tree), writeConfig(t, target)]
        const args = ['move', '--from', source.file, '--to', there.file]
        const moving = run(t, args, { ...source.env, VOTE_SESSION_SECRET: secret })
        let said = ''
        moving.process.stderr!.on('data', (text: Buffer) => {
          said += String(text)
          if (said.includes(place)) moving.process.kill('SIGKILL')
        })
        await moving.ended
        assert.deepEqual(await look(tree, rowsOf), before, place)
        const again = await move(t, tree, target, { VOTE_SESSION_SECRET: secret })
        const rows = await look({ ...target, session: { secret } }, rowsOf)
        assert.deepEqual(rows, before, `${place}: ${again.stderr}`)
        assert.ok(again.code === 0 || /not empty/.test(again.stderr), 'it was empty, or complete')
      }
    })
  }
})

const beside = (tree: Tree) => join(dirname(String(tree.database!.file)), 'session.secret')
