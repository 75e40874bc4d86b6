/** Anonymous polls end to end: after closing, nothing leads from a voter to a vote. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { backup } from '../../../app/cli/backup.ts'
import { checkConfig } from '../../../app/config/load.ts'
import { describeTables } from '../../../app/db/transfer/tables.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { isEnvelope } from '../../support/answers.ts'
import { member, PASSWORD, start, type Visitor, visitor } from '../../support/app.ts'
import { type Engine, onEngines, redisSocket, scratch, secret, type Tree } from '../../support/engines.ts'
import { eventually } from '../../support/eventually.ts'
import { startServer } from '../../support/mariadb-server.ts'

type App = Awaited<ReturnType<typeof start>>

const keyOf = async (app: App) =>
  (await app.db.fetchone<{ secret: string }>('SELECT secret FROM question_key'))?.secret

/**
 * An open anonymous poll with the votes of four accounts and two guests, and all that was ever
 * sent.
 */
async function voted(app: App, results = 'always') {
  const owner = await member(app)
  const poll = { question_text: 'Whom?', privacy: 'anonymous', audience: 'link', results }
  const made = await owner.send({
    method: 'POST',
    url: '/questions',
    payload: { ...poll, choice_text: ['Ann', 'Bob', 'Eve'] }
  })
  assert.equal(made.statusCode, 201, made.body)
  const { id, slug, choices } = made.json()
  const members = await Promise.all([1, 2, 3, 4].map(() => member(app)))
  const guests = [visitor(app), visitor(app)]
  for (const guest of guests) assert.equal((await guest.page(`/questions/${slug}`)).statusCode, 200)
  const voters: Visitor[] = [...members, ...guests]
  const choiceOf = (n: number): number => choices[n % 3].id
  for (const [n, voter] of voters.entries()) {
    const answer = await voter.put(`/questions/${slug}/vote`, { choice: choiceOf(n) })
    assert.equal(answer.statusCode, 200, answer.body)
    assert.match(answer.json().cast_time, /^\d{4}-\d\d-\d\d 00:00:00$/)
  }
  return { owner, id: Number(id), slug: String(slug), members, guests, voters, choiceOf }
}

/** Every row of every table, as text. */
async function rowsOf(app: App, config: Tree) {
  const { engine } = checkConfig(config).database
  const rows: Array<{ table: string; text: string; values: string[] }> = []
  for (const { name, columns } of await describeTables(app.db, engine))
    for (const row of await app.db.select<Record<string, unknown>>(
      `SELECT ${columns.map(({ name }) => `\`${name}\``).join(', ')} FROM ${name}`
    ))
      rows.push({ table: name, text: JSON.stringify(row), values: Object.values(row).map(String) })
  return rows
}

async function run(t: TestContext, engine: Engine) {
  const config = await engine.filled(t)
  const lines: string[] = []
  const app = await start(t, { ...config, log: { level: 'trace' } }, { lines })
  return { app, config, lines }
}

describe('routes/voting/anonymous', () => {
  onEngines(
    'while the poll is open, each voter sees, changes and withdraws the own vote',
    async (t, engine) => {
      const { app } = await run(t, engine)
      const { slug, voters, choiceOf, members } = await voted(app)
      for (const [n, voter] of voters.entries())
        assert.deepEqual((await voter.get(`/questions/${slug}/vote`)).json().choice, [choiceOf(n)])
      const [ann] = members
      const { votes } = (await ann!.get('/account/data')).json()
      assert.deepEqual(
        votes.map((vote: { choices: string[] }) => vote.choices),
        [['Ann']]
      )
      assert.equal((await ann!.put(`/questions/${slug}/vote`, { choice: choiceOf(1) })).statusCode, 200)
      assert.equal((await ann!.delete(`/questions/${slug}/vote`)).statusCode, 200)
      const { voters: count } = (await ann!.get(`/questions/${slug}/results`)).json()
      assert.equal(count, voters.length - 1)
      assert.deepEqual(await audit(app.db), [])
    }
  )

  onEngines(
    'every voter is told of an edit, because no vote says whether it came before',
    async (t, engine) => {
      const { app } = await run(t, engine)
      const { owner, slug, voters, choiceOf } = await voted(app)
      const url = `/questions/${slug}`
      const [early] = voters
      assert.doesNotMatch((await early!.page(url)).body, /id="changed"/)
      const choices = [
        { id: choiceOf(0), choice_text: 'Anna' },
        { id: choiceOf(1), retired: true }
      ]
      const amended = await owner.send({ method: 'POST', url: `${url}/amend`, payload: { choices } })
      assert.equal(amended.statusCode, 200, amended.body)
      const late = await member(app)
      assert.doesNotMatch((await late.page(url)).body, /id="changed"/, 'there is no vote')
      assert.equal((await late.put(`${url}/vote`, { choice: choiceOf(0) })).statusCode, 200)
      for (const voter of [early!, late]) {
        const [told] = /<section [^>]*id="changed".*?<\/section>/s.exec((await voter.page(url)).body)!
        assert.match(told, /The poll was changed, perhaps after you voted/)
        assert.match(told, /“<bdi>Ann<\/bdi>” was reworded.*“<bdi>Bob<\/bdi>” can no longer be chosen/s)
        assert.doesNotMatch(told, /<form/, 'that a vote is kept is not stored either')
        assert.equal('revision' in (await voter.get(`${url}/vote`)).json(), false)
      }
    }
  )

  onEngines(
    'a guest’s vote keeps its key after sign-in, and is changed by the account',
    async (t, engine) => {
      const { app } = await run(t, engine)
      const { slug, guests, voters, choiceOf } = await voted(app)
      const [guest] = guests
      const email = `anon${process.pid}@example.org`
      const next = `/questions/${slug}`
      await guest!.post('/register', { name: 'Guest', email, password: PASSWORD, next })
      assert.deepEqual((await guest!.get(`/questions/${slug}/vote`)).json().choice, [choiceOf(4)])
      assert.equal((await guest!.put(`/questions/${slug}/vote`, { choice: choiceOf(0) })).statusCode, 200)
      assert.deepEqual((await guest!.get(`/questions/${slug}/vote`)).json().choice, [choiceOf(0)])
      assert.equal((await guest!.get(`/questions/${slug}/results`)).json().voters, voters.length)
      assert.deepEqual(await audit(app.db), [])
    }
  )

  onEngines(
    'after closing, no table, file, log or answer leads from a voter to a vote',
    async (t, engine) => {
      const { app, config, lines } = await run(t, engine)
      const { owner, id, slug, members, voters, choiceOf } = await voted(app)
      const hook = { url: 'https://hooks.example.org/', events: ['poll.closed', 'tally.changed'] }
      assert.equal((await owner.post(`/questions/${slug}/webhooks`, hook)).statusCode, 201)
      const key = (await keyOf(app))!
      const before = (await owner.get(`/questions/${slug}/results`)).json()
      assert.equal((await owner.post(`/questions/${slug}/close`)).statusCode, 200)
      assert.equal(await keyOf(app), undefined)

      const rows = await rowsOf(app, config)
      const ballots = rows.filter(({ table, values }) => table === 'vote' && values.includes(String(id)))
      const stored = await app.db.select<{ voter: string; receipt: string; cast_time: string }>(
        'SELECT voter, receipt, cast_time FROM vote WHERE question_id = ?',
        [id]
      )
      assert.equal(stored.length, voters.length)
      for (const { voter, cast_time } of stored) {
        assert.match(voter, /^a:[\w-]{43}$/)
        assert.match(cast_time, / 00:00:00$/)
      }
      // No text of the database, and no secret of the configuration, is a key of these voters.
      const voterKeys = new Set(stored.map(({ voter }) => voter))
      const candidates = new Set([secret, ...rows.flatMap(({ values }) => values)])
      const identities = members.map(one => `u:${one.id}`)
      for (const candidate of candidates)
        for (const identity of identities) {
          const hash = createHmac('sha256', candidate).update(identity).digest('base64url')
          assert.ok(!voterKeys.has(`a:${hash}`), `${candidate} leads from ${identity} to a vote`)
        }
      // The key that is gone would.
      const withKey = identities.map(one => `a:${createHmac('sha256', key).update(one).digest('base64url')}`)
      assert.ok(withKey.every(voter => voterKeys.has(voter)))
      // Ballots are named nowhere else, and the key is nowhere.
      const marks = stored.flatMap(({ voter, receipt }) => [voter, receipt])
      for (const { table, text } of rows) {
        assert.ok(!text.includes(key), table)
        if (table !== 'vote') for (const mark of marks) assert.ok(!text.includes(mark), `${table}: ${text}`)
      }
      for (const { text } of ballots) for (const one of members) assert.ok(!text.includes(one.email))
      for (const line of lines) for (const mark of [key, ...marks]) assert.ok(!line.includes(mark), line)

      const folder = scratch(t)
      await backup(checkConfig(config).database, join(folder, 'vote.backup'))
      const files = [join(folder, 'vote.backup')]
      const { database } = checkConfig(config)
      if (database.engine === 'sqlite') files.push(database.file, `${database.file}-wal`)
      for (const file of files) assert.ok(!readFileSync(file).includes(key), `${file} holds the key`)

      // Every answer about the poll is the same for voters who voted differently.
      const answers = new Map<string, Set<string>>()
      const paths = ['', '/vote', '/results', '/results?format=csv', '/events', '/timeline', '/choice']
      for (const voter of voters.slice(0, members.length))
        for (const path of paths)
          for (const ask of [voter.get, voter.page]) {
            const { body } = await ask(`/questions/${slug}${path}`)
            for (const mark of [key, ...marks, 'u:']) assert.ok(!body.includes(mark), path)
            const bare = body
              .replaceAll(/(name="owner" value|data-owner)="[^"]*"/g, '')
              .replaceAll(/"request_id":"[^"]*"/g, '')
              .replaceAll(/<small>[\w-]{6,}<\/small>/g, '')
            const name = `${ask === voter.get ? 'JSON' : 'page'} ${path}`
            answers.set(name, (answers.get(name) ?? new Set()).add(bare))
          }
      for (const [name, bodies] of answers) assert.equal(bodies.size, 1, name)
      for (const voter of members) {
        assert.deepEqual((await voter.get('/account/data')).json().votes, [])
        assert.deepEqual((await voter.get(`/questions/${slug}/vote`)).json().choice, [])
      }
      const exported = (await owner.get(`/questions/${slug}/ballots`)).body
      for (const mark of [...marks, 'u:', 'cast_time']) assert.ok(!exported.includes(mark))

      isEnvelope(await members[0]!.put(`/questions/${slug}/vote`, { choice: choiceOf(1) }), 409, 20012)
      const nonVoter = await member(app)
      for (const { delete: withdraw, submit } of [members[0]!, nonVoter]) {
        const refused = await withdraw(`/questions/${slug}/vote`)
        isEnvelope(refused, 409, 20030)
        const sentence = 'Voting is closed: no vote can be withdrawn any more'
        assert.equal(refused.json().error_msg, sentence, 'whether it is a voter is not known')
        const page = await submit(`/questions/${slug}/vote/withdraw`, {})
        assert.equal(page.statusCode, 409)
        assert.ok(page.body.includes(sentence))
        assert.doesNotMatch(page.body, /still counts/)
      }
      isEnvelope(await owner.post(`/questions/${slug}/reopen`), 409, 20125)
      assert.equal((await owner.page(`/questions/${slug}/reopen`)).statusCode, 409)
      const page = (await owner.page(`/questions/${slug}/manage`)).body
      assert.ok(!page.includes(`/questions/${slug}/reopen`))
      const deleted = await members[0]!.post('/account/delete', { current: PASSWORD, votes: 'withdraw' })
      assert.equal(deleted.statusCode, 200, deleted.body)
      const after = (await owner.get(`/questions/${slug}/results`)).json()
      assert.deepEqual(after.choices, before.choices)
      assert.deepEqual(await audit(app.db), [])
    }
  )

  onEngines(
    'a deleted account’s vote in an open anonymous poll is withdrawn, or kept under a random key',
    async (t, engine) => {
      const { app } = await run(t, engine)
      const { id, members, voters } = await voted(app)
      for (const [n, votes] of (['withdraw', 'keep'] as const).entries())
        assert.equal(
          (await members[n]!.post('/account/delete', { current: PASSWORD, votes })).statusCode,
          200
        )
      const rows = await app.db.select<{ voter: string }>('SELECT voter FROM vote WHERE question_id = ?', [
        id
      ])
      assert.equal(rows.length, voters.length - 1)
      for (const { voter } of rows)
        assert.match(voter, /^a:[\w-]{43}$/, 'no ballot is marked as a departed one')
      assert.deepEqual(await audit(app.db), [])
    }
  )

  onEngines(
    'where a poll closes by its time, the next request erases the key before it is answered',
    async (t, engine) => {
      const { app } = await run(t, engine)
      const { id, slug, owner, members, choiceOf } = await voted(app, 'after_vote')
      await app.db.execute("UPDATE question SET close_time = '2020-01-01 00:00:00' WHERE id = ?", [id])
      app.pollKeys.forget(id) // what is cached is at most 250 ms old
      isEnvelope(await members[0]!.put(`/questions/${slug}/vote`, { choice: choiceOf(1) }), 409, 20012)
      assert.equal(await keyOf(app), undefined)
      app.questions.forget(id)
      isEnvelope(await owner.post(`/questions/${slug}/reopen`, { close_time: '' }), 409, 20125)
      assert.equal((await members[0]!.get(`/questions/${slug}/results`)).json().voters, 6)
    }
  )

  test('the binary log of MariaDB has the key until it is deleted, as the documents say', async t => {
    const folder = mkdtempSync(join(tmpdir(), 'vote-binlog-'))
    chmodSync(folder, 0o755) // MariaDB runs as another user
    const server = await startServer(folder, 1, ['--log-bin=changes', '--binlog-format=ROW'])
    t.after(async () => {
      await server.kill()
      rmSync(folder, { recursive: true, force: true })
    })
    await server.admin.query("CREATE USER vote@'%' IDENTIFIED BY 'vote'")
    await server.admin.query('CREATE DATABASE vote')
    await server.admin.query("GRANT ALL ON vote.* TO vote@'%'")
    const at = { port: server.port, user: 'vote', password: 'vote', database: 'vote' }
    const app = await start(t, {
      log: { level: 'warn' },
      database: { engine: 'mysql', ...at },
      redis: { socketPath: await redisSocket() },
      session: { secret }
    })
    const { slug, owner } = await voted(app)
    const key = (await keyOf(app))!
    assert.equal((await owner.post(`/questions/${slug}/close`)).statusCode, 200)
    const logs = () => {
      const data = join(folder, '1')
      return readdirSync(data)
        .filter(name => /^changes\.\d+$/.test(name))
        .filter(name => readFileSync(join(data, name)).includes(key))
    }
    assert.notDeepEqual(logs(), [])
    await server.admin.query('FLUSH BINARY LOGS')
    const [[status]] = (await server.admin.query('SHOW MASTER STATUS')) as unknown as [[{ File: string }]]
    // A log that a transaction may still need for a recovery is left.
    await eventually(async () => {
      await server.admin.query('PURGE BINARY LOGS TO ?', [status.File])
      assert.deepEqual(logs(), [])
    })
  })
})
