/** The keys of anonymous polls: made with the poll, erased when it closes. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import type { Database } from '../../../app/db/database.ts'
import { DatabaseBusy, Deadlock } from '../../../app/db/errors.ts'
import { AnonymousClosed, HasVotes, QuestionClosed } from '../../../app/errors.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import type { Draft } from '../../../app/models/polls/draft.ts'
import { PRIVACIES } from '../../../app/values/privacy.ts'
import { LockedPolls } from '../../../app/models/polls/locked-poll.ts'
import { Management } from '../../../app/models/polls/management.ts'
import { Questions } from '../../../app/models/polls/questions.ts'
import { Removals } from '../../../app/models/polls/removal.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import { PollKeys } from '../../../app/models/voting/poll-keys.ts'
import { migrate } from '../../../app/db/migrations/migrate.ts'
import { atEnd } from '../../support/at-end.ts'
import { connect, open, place } from '../../support/database.ts'
import { delegate } from '../../support/delegate.ts'
import { embedded, onEngines, shared } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

const draft: Draft = {
  question_text: 'Whom?',
  description: '',
  kind: 'single',
  count_method: null,
  budget: null,
  min_choices: 1,
  max_ballots: null,
  quorum: null,
  quorum_percent: null,
  retention_days: null,
  threshold: null,
  suggestions: 'off',
  capacity: [],
  max_choices: 1,
  max_fixed: false,
  audience: 'link',
  privacy: 'anonymous',
  results: 'always',
  revote: true,
  listed: false,
  close_time: null,
  time_zone: null,
  dates: [],
  choice_text: ['Ann', 'Bob']
}
const over = '2020-01-01 00:00:00'

async function keysIn(db: Database) {
  const sql = 'SELECT question_id, secret FROM question_key'
  const rows = await db.select<{ question_id: number; secret: string }>(sql)
  return rows.map(row => ({ ...row }))
}

function models(t: TestContext, db: Database) {
  const removals = new Removals(db, assert.ifError)
  atEnd(t, () => removals.close())
  const pollKeys = new PollKeys(db, error => assert.ifError(error))
  const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
  return {
    management: new Management(db, 'a secret', removals, new LockedPolls(db, () => {})),
    pollKeys,
    questions: new Questions(db, pollKeys, voter => ballots.of(voter)),
    ballots
  }
}

const closeByTime = (db: Database, id: number) =>
  db.execute('UPDATE question SET close_time = ? WHERE id = ?', [over, id])

/** Creates an embedded database. `holds` tells whether a text is in its files. */
async function fileOf(t: TestContext) {
  const config = await place(t, embedded)
  assert.ok(config.engine === 'sqlite')
  const db = connect(t, config)
  await migrate(db, config)
  const files = [config.file, `${config.file}-wal`]
  const holds = (text: string) => files.some(file => existsSync(file) && readFileSync(file).includes(text))
  return { db, config, holds }
}

describe('models/voting/poll-keys', () => {
  onEngines(
    'only an anonymous poll has a key; edits keep it, closing and removing erase it',
    async (t, engine) => {
      const db = await open(t, engine)
      const { management } = models(t, db)
      const idOf = async (slug: string) =>
        (await db.fetchone<{ id: number }>('SELECT id FROM question WHERE slug = ?', [slug]))!.id
      const id = await idOf(await management.create(1, draft, 'a'))
      const other = await idOf(await management.create(1, { ...draft, privacy: 'hidden' }, 'b'))
      const [key] = await keysIn(db)
      assert.match(key!.secret, /^[\w-]{43}$/)
      assert.deepEqual(await keysIn(db), [{ question_id: id, secret: key!.secret }])
      await management.edit(id, 1, { ...draft, privacy: 'hidden' }, undefined)
      await management.edit(id, 1, draft, undefined)
      assert.deepEqual(await keysIn(db), [{ question_id: id, secret: key!.secret }])
      await management.close(id, { owner: 1 })
      assert.deepEqual(await keysIn(db), [])
      await assert.rejects(management.reopen(id, 1, null), AnonymousClosed)
      await management.edit(other, 1, draft, undefined)
      assert.equal((await keysIn(db)).length, 1)
      await management.remove(other, { owner: 1 })
      assert.deepEqual(await keysIn(db), [])
      assert.deepEqual(await audit(db), [])
    }
  )

  onEngines(
    'a poll with votes keeps its setting, and a vote is of the setting that it was told',
    async (t, engine) => {
      const db = await open(t, engine)
      const { management, ballots } = models(t, db)
      const { id, choices } = await ask({ db }, { privacy: 'anonymous' })
      const cast = { question: id, voter: 'a:1', choices: [choices[0]!] }
      await assert.rejects(ballots.cast(cast), { code: '20013' })
      await ballots.cast({ ...cast, privacy: 'anonymous' })
      for (const privacy of PRIVACIES)
        await assert.rejects(management.edit(id, 1, { ...draft, privacy }, undefined), HasVotes)
      assert.deepEqual(await audit(db), [])
    }
  )

  onEngines(
    'a poll that has closed by its time loses its key with the next use, read or sweep',
    async (t, engine) => {
      const db = await open(t, engine)
      const { pollKeys, questions } = models(t, db)
      const viewer = { userId: null, voter: null }
      const ways: Array<(poll: { id: number; slug: string }) => Promise<unknown>> = [
        async ({ id }) => assert.equal(await pollKeys.voterIn(id, 'u:1'), null),
        ({ slug }) => questions.get(slug, viewer),
        ({ slug }) => questions.getFresh(slug, viewer),
        ({ slug }) => questions.read(slug),
        () => pollKeys.sweep()
      ]
      for (const way of ways) {
        const poll = await ask({ db }, { privacy: 'anonymous' })
        assert.match((await pollKeys.voterIn(poll.id, 'u:1'))!, /^a:/)
        await way(poll).catch(() => {}) // open: it stays
        assert.equal((await keysIn(db)).length, 1)
        await closeByTime(db, poll.id)
        questions.forgetAll() // what is cached is at most 250 ms old
        pollKeys.forget(poll.id)
        await way(poll)
        assert.deepEqual(await keysIn(db), [], way.toString())
      }
    }
  )

  onEngines(
    'a poll that is made anonymous again loses its new key when it closes again',
    async (t, engine) => {
      const db = await open(t, engine)
      const { pollKeys, management } = models(t, db)
      const slug = await management.create(1, draft, 'a')
      const { id } = (await db.fetchone<{ id: number }>('SELECT id FROM question WHERE slug = ?', [slug]))!
      await closeByTime(db, id)
      await pollKeys.eraseIfClosed(id)
      assert.deepEqual(await keysIn(db), [])
      await management.edit(id, 1, { ...draft, privacy: 'hidden', close_time: over }, undefined)
      await management.reopen(id, 1, null)
      await management.edit(id, 1, draft, undefined)
      pollKeys.forget(id)
      assert.equal((await keysIn(db)).length, 1)
      await closeByTime(db, id)
      await pollKeys.eraseIfClosed(id)
      assert.deepEqual(await keysIn(db), [])
    }
  )

  onEngines(
    'a key is not erased while an edit that gives the poll more time holds its row',
    async (t, engine) => {
      const db = await open(t, engine)
      const { pollKeys } = models(t, db)
      const { id } = await ask({ db }, { privacy: 'anonymous' })
      await closeByTime(db, id)
      const locked = Promise.withResolvers<void>()
      const goOn = Promise.withResolvers<void>()
      const edit = db.transaction(async tx => {
        await tx.select(`SELECT id FROM question WHERE id = ? ${db.dialect.forUpdate}`, [id])
        locked.resolve()
        await goOn.promise
        await tx.execute('UPDATE question SET close_time = NULL WHERE id = ?', [id])
      })
      await locked.promise
      const erasing = pollKeys.eraseIfClosed(id)
      setImmediate(goOn.resolve)
      await Promise.all([edit, erasing])
      assert.equal((await keysIn(db)).length, 1)
    }
  )

  onEngines('votes that race the close are counted or refused, and the key is gone', async (t, engine) => {
    const config = await place(t, engine)
    const db = connect(t, config)
    await migrate(db, config)
    // The embedded engine allows one process.
    const boxes = (shared.includes(engine) ? [db, connect(t, config)] : [db]).map(db => models(t, db))
    const { id, choices } = await ask({ db }, { privacy: 'anonymous' })
    const casts = Array.from({ length: 300 }, async (_, n) => {
      const { pollKeys, ballots } = boxes[n % boxes.length]!
      await new Promise(resolve => setImmediate(resolve))
      const voter = await pollKeys.voterIn(id, `u:${n}`)
      if (voter === null) throw new QuestionClosed()
      return ballots.cast({ question: id, voter, choices: [choices[n % 2]!], privacy: 'anonymous' })
    })
    const closing = new Promise(resolve => setImmediate(resolve)).then(() =>
      boxes[0]!.management.close(id, { owner: 1 })
    )
    const outcomes = await Promise.allSettled(casts)
    await closing
    const counted = outcomes.filter(({ status }) => status === 'fulfilled').length
    for (const one of outcomes)
      if (one.status === 'rejected') assert.equal((one.reason as { code: string }).code, '20012')
    const row = await db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = ?', [id])
    assert.equal(row!.voters, counted)
    assert.deepEqual(await keysIn(db), [])
    assert.deepEqual(await audit(db), [])
  })

  onEngines(
    'a process that dies while it closes a poll leaves it open with its key, or closed without',
    async (t, engine) => {
      const config = await place(t, engine)
      const db = connect(t, config)
      await migrate(db, config)
      for (const step of [1, 2, 3, 4, 0]) {
        const { id } = await ask({ db }, { privacy: 'anonymous' })
        const program = join(import.meta.dirname, '../../support/crash.ts')
        const job = JSON.stringify({ database: config, step, casts: [], closes: id })
        await assert.rejects(promisify(execFile)(process.execPath, [program, job]), { signal: 'SIGKILL' })
        const row = await db.fetchone<{ closed: number; keyed: number }>(
          `SELECT closed_time IS NOT NULL AS closed,
           (SELECT COUNT(*) FROM question_key k WHERE k.question_id = q.id) AS keyed FROM question q WHERE id = ?`,
          [id]
        )
        assert.deepEqual(
          { ...row },
          step === 0 ? { closed: 1, keyed: 0 } : { closed: 0, keyed: 1 },
          `step ${step}`
        )
      }
      assert.deepEqual(await audit(db), [])
    }
  )

  onEngines(
    'a sweep keeps no other key for one that fails, and ends with the database',
    async (t, engine) => {
      const db = await open(t, engine)
      const polls = [await ask({ db }, { privacy: 'anonymous' }), await ask({ db }, { privacy: 'anonymous' })]
      for (const { id } of polls) await closeByTime(db, id)
      const failures: unknown[] = []
      let faults: Error[] = []
      const failing: Database = {
        ...delegate(db),
        transaction: work => {
          const fault = faults.shift()
          return fault ? Promise.reject(fault) : db.transaction(work)
        }
      }
      const pollKeys = new PollKeys(failing, error => failures.push(error))
      const busy = new DatabaseBusy('injected')
      faults = [busy, busy]
      await pollKeys.sweep()
      assert.deepEqual([failures, (await keysIn(db)).length], [[busy], 2])
      const deadlock = new Deadlock('injected')
      faults = [deadlock]
      await pollKeys.sweep()
      assert.deepEqual([failures, (await keysIn(db)).length], [[busy, deadlock], 1])
    }
  )

  test('of many closed polls no key is in the file, with the embedded engine', async t => {
    const { db, holds } = await fileOf(t)
    const { pollKeys } = models(t, db)
    // A page of the table has about 60 keys.
    for (let n = 0; n < 200; n++) await ask({ db }, { privacy: 'anonymous' })
    const keys = await keysIn(db)
    await db.execute('UPDATE question SET close_time = ? WHERE privacy = ?', [over, 'anonymous'])
    await pollKeys.sweep()
    assert.deepEqual(await keysIn(db), [])
    assert.equal(keys.filter(({ secret }) => holds(secret)).length, 0)
  })

  test('a reader of the embedded database is not waited for, and the log is emptied when it has ended', async t => {
    const { db, config, holds } = await fileOf(t)
    const { pollKeys } = models(t, db)
    const { id } = await ask({ db }, { privacy: 'anonymous' })
    const [key] = await keysIn(db)
    const reader = new DatabaseSync(config.file, { readOnly: true })
    t.after(() => reader.close())
    // As `backup` does.
    reader.exec('BEGIN')
    reader.prepare('SELECT COUNT(*) FROM question').get()
    await closeByTime(db, id)
    await pollKeys.eraseIfClosed(id)
    assert.deepEqual(await keysIn(db), [])
    assert.ok(holds(key!.secret), 'the reader still sees it')
    await db.scrub()
    assert.ok(holds(key!.secret))
    reader.exec('COMMIT')
    await db.scrub()
    assert.ok(!holds(key!.secret))
  })

  test('the files are emptied only for a key that was there', async t => {
    const db = await open(t, embedded)
    let scrubs = 0
    const counted = { ...delegate(db), scrub: async () => void scrubs++ }
    const { pollKeys } = models(t, counted)
    const { id } = await ask({ db }, { privacy: 'anonymous' })
    await closeByTime(db, id)
    await pollKeys.eraseIfClosed(id)
    assert.equal(scrubs, 1)
    // As in another process, or after a restart.
    pollKeys.forgetAll()
    await pollKeys.eraseIfClosed(id)
    assert.equal(scrubs, 1)
  })
})
