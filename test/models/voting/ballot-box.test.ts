/**
 * The ballot box under faults: compared with a trivial model, over four processes and both engines.
 */
import assert from 'node:assert/strict'
import { execFile, fork } from 'node:child_process'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { checkConfig, type Config } from '../../../app/config/load.ts'
import type { Database } from '../../../app/db/database.ts'
import { migrate } from '../../../app/db/migrations/migrate.ts'
import { openDatabase } from '../../../app/db/open.ts'
import { VoteNotConfirmed } from '../../../app/errors.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { erasePollKey } from '../../../app/models/voting/poll-keys.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import type { Cast } from '../../../app/models/voting/operation.ts'
import { atEnd } from '../../support/at-end.ts'
import { type Engine, mariadb, onEngines } from '../../support/engines.ts'
import { losingAnswers, seeded } from '../../support/faulty.ts'
import { ask } from '../../support/polls.ts'
import { BUDGET, type Job, type Model, type Poll, vote } from '../../support/voters.ts'

async function open(t: TestContext, engine: Engine): Promise<{ db: Database; database: Config['database'] }> {
  const { database } = checkConfig(await engine.filled(t))
  const db = openDatabase(database)
  atEnd(t, () => db.close())
  await migrate(db, database)
  return { db, database }
}

function inProcess(job: Job): Promise<Model> {
  const child = fork(join(import.meta.dirname, '../../support/voters.ts'), { execArgv: [] })
  return new Promise((resolve, reject) => {
    child.once('message', ({ model, error }: { model?: Model; error?: string }) => {
      if (model) resolve(model)
      else reject(new Error(error))
    })
    child.once('exit', code => reject(new Error(`a process of voters ended with ${code}`)))
    child.send(job)
  }).finally(() => child.kill()) as Promise<Model>
}

const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)

describe('models/voting/ballot-box', () => {
  onEngines(
    'random casts, changes, withdrawals and adoptions under faults equal a trivial model',
    async (t, engine) => {
      t.diagnostic(`TEST_SEED=${seed}`)
      const { db, database } = await open(t, engine)
      await db.execute("UPDATE question SET audience = 'link'")
      await db.execute('UPDATE question SET revote = 0 WHERE id = 2')
      const questions: Poll[] = [
        { id: 1, kind: 'single', choices: [1, 2, 3], most: 1, closes: true },
        { id: 2, kind: 'single', choices: [4, 5, 6], most: 1, isFinal: true },
        { id: 3, kind: 'multiple', choices: [7, 8, 9], most: 2 }
      ]
      for (const kind of ['answers', 'score', 'dots', 'ranked'] as const) {
        const limits = { min_choices: kind === 'answers' ? 3 : 1, max_choices: 3, budget: BUDGET }
        const poll = await ask({ db }, { kind, ...limits }, ['A', 'B', 'C'])
        questions.push({ id: poll.id, kind, choices: poll.choices, most: 3 })
      }
      const hidden = await ask({ db }, { privacy: 'anonymous' }, ['A', 'B', 'C'])
      questions.push({
        id: hidden.id,
        kind: 'single',
        choices: hidden.choices,
        most: 1,
        closes: true,
        isAnonymous: true
      })
      const anonymous = questions.at(-1)!
      // The embedded engine allows one process.
      const processes = database.engine === 'mysql' ? 4 : 1
      const shared = ['shared-1', 'shared-2', 'shared-3']
      const jobs = Array.from({ length: processes }, (_, n): Job => {
        const voters = Array.from({ length: 40 }, (_, v) => `${n}-${v}`)
        return { database, seed: seed + n, voters, shared, questions, turns: 40, share: 0.3 }
      })
      const closing = db.dialect.clock
      const run = Promise.all(jobs.map(processes > 1 ? inProcess : vote))
      // A poll is closed during the run.
      const random = seeded(seed)
      while (
        (await db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = 1'))!.voters <
        20 + random() * 20
      ) {
        await new Promise(resolve => setImmediate(resolve))
      }
      await db.execute(`UPDATE question SET closed_time = ${closing} WHERE id = 1`)
      // As `Management.close` does.
      await db.transaction(async tx => {
        await tx.select(`SELECT id FROM question WHERE id = ? ${db.dialect.forUpdate}`, [anonymous.id])
        await tx.execute(`UPDATE question SET closed_time = ${closing} WHERE id = ?`, [anonymous.id])
        await erasePollKey(tx, anonymous.id)
      })
      const tally = await db.select('SELECT id, votes FROM choice WHERE question_id = 1')
      const models = await run

      interface Row {
        question_id: number
        voter: string
        choice_id: number
        value: number | null
      }
      const rows = await db.select<Row>(
        'SELECT question_id, voter, choice_id, value FROM vote ORDER BY question_id, voter, slot'
      )
      const stored = new Map<string, string[]>()
      for (const { question_id, voter, choice_id, value } of rows) {
        const key = `${question_id} ${voter}`
        const mark = value === null ? String(choice_id) : `${choice_id}=${value}`
        stored.set(key, [...(stored.get(key) ?? []), mark])
      }
      let compared = 0
      for (const [key, possible] of Object.entries(Object.assign({}, ...models) as Model)) {
        const [question, name] = key.split(' ')
        const prefix = Number(question) === anonymous.id ? 'a:' : ''
        const kinds = ['u', 'b'].map(kind =>
          (stored.get(`${question} ${prefix}${kind}:${name}`) ?? []).join()
        )
        const actual = kinds.join('/')
        assert.ok(possible.includes(actual), `${key}: stored ${actual}, expected ${possible.join(' or ')}`)
        compared++
      }
      assert.ok(compared >= processes * 40)
      assert.deepEqual(await audit(db), [])
      assert.deepEqual(
        await db.select('SELECT id, votes FROM choice WHERE question_id = 1'),
        tally,
        'closed is closed'
      )
      const late =
        'SELECT v.voter FROM vote v JOIN question q ON q.id = v.question_id WHERE v.cast_time > q.closed_time'
      assert.deepEqual(await db.select(late), [])
    }
  )

  onEngines('a process that dies at any step loses and duplicates no vote', async (t, engine) => {
    const { db, database } = await open(t, engine)
    const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
    // 0 is after COMMIT. Where all vote for the first time: 1 stores, counts and commits. Where one
    // has voted: 1 does nothing, 2 locks, 3 reads the ballots, 4 writes, counts and commits.
    const kinds = { new: [1, 0], changing: [1, 2, 3, 4, 0] }
    let runs = 0
    for (const [kind, steps] of Object.entries(kinds)) {
      for (const step of steps) {
        const name = `${kind}, step ${step}`
        const casts = Array.from({ length: 5 }, (_, n) => ({
          question: 3,
          voter: `u:${++runs}-${n}`,
          choices: [7, 9]
        }))
        const before = kind === 'new' ? null : await ballots.cast({ ...casts[0]!, choices: [8] })
        const args = [
          join(import.meta.dirname, '../../support/crash.ts'),
          JSON.stringify({ database, step, casts })
        ]
        await assert.rejects(promisify(execFile)(process.execPath, args), { signal: 'SIGKILL' }, name)
        const found = await Promise.all(casts.map(cast => ballots.of(cast)))
        assert.deepEqual(
          found.map(ballot => ballot?.choice),
          casts.map(({ choices }, n) => (step === 0 ? choices : n === 0 ? before?.choice : undefined)),
          `${name}: all or nothing`
        )
        await Promise.all(casts.map(cast => ballots.cast(cast)))
        assert.deepEqual(await audit(db), [], name)
      }
    }
    const voters = await db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = 3')
    assert.equal(voters!.voters, 4 + runs)
  })

  onEngines('votes whose COMMIT is never confirmed are published', async (t, engine) => {
    const { db } = await open(t, engine)
    const heard: number[] = []
    const ballots = new BallotBox(losingAnswers(db), { batchLimit: 500, transactions: 1 }, ids =>
      heard.push(...ids)
    )
    await assert.rejects(ballots.cast({ question: 1, voter: 'u:1', choices: [1] }), VoteNotConfirmed)
    assert.deepEqual(heard, [1])
    assert.deepEqual((await ballots.of({ question: 1, voter: 'u:1' }))?.choice, [1])
  })

  onEngines(
    'a batch includes announced votes, and does not wait for one that does not arrive',
    async (t, engine) => {
      const { db } = await open(t, engine)
      let batches = 0
      const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => batches++)
      const cast = (voter: string) => ballots.cast({ question: 1, voter, choices: [1] })
      const { promise: arrival, resolve } = Promise.withResolvers<void>()
      const second = arrival.then(() => cast('u:2'))
      ballots.expect(arrival)
      const first = cast('u:1')
      setImmediate(() => setImmediate(resolve))
      await Promise.all([first, second])
      assert.equal(batches, 1)
      ballots.expect(new Promise(() => {}))
      await cast('u:3')
      assert.equal(batches, 2)
    }
  )

  onEngines(
    'a ballot that causes an error fails alone, and votes that waited for it can be repeated',
    async (t, engine) => {
      const { db } = await open(t, engine)
      const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
      const cast = (voter: string, choice: number) => ballots.cast({ question: 1, voter, choices: [choice] })
      await cast('u:1', 1)
      await cast('u:1', 2) // from here on the box locks first, and adds votes that arrive during the lock
      const broken = cast(undefined as unknown as string, 1)
      const neighbour = cast('u:2', 1)
      await assert.rejects(broken, TypeError)
      const [, late] = await Promise.all([neighbour, cast('u:3', 1)])
      assert.deepEqual(late.choice, [1])
      const changed = await Promise.all(['u:2', 'u:3'].map(voter => cast(voter, 2)))
      assert.deepEqual(
        changed.map(({ choice }) => choice),
        [[2], [2]]
      )
      assert.deepEqual(await audit(db), [])
    }
  )

  onEngines(
    'a repeat gets the promise of the operation that waits, and any other operation its own',
    async (t, engine) => {
      const { db } = await open(t, engine)
      const box = new BallotBox(db, { batchLimit: 50, transactions: 1 }, () => {})
      const cast: Cast = { question: 1, voter: 'u:1', choices: [1, 2], revision: 3 }
      const others: Array<Partial<Cast>> = [
        { question: 2 },
        { voter: 'u:2' },
        { choices: [1] },
        { values: [1, 2] },
        { revision: 4 },
        { revision: undefined },
        { adopts: 'b:1' },
        { adopts: 'b:2' },
        { deferred: { userId: 1, epoch: 0 } },
        { deferred: { userId: 2, epoch: 0 } },
        { deferred: { userId: 1, epoch: 1 } },
        { privacy: 'public' },
        { name: 'Ann' },
        { isGuest: true },
        { invitation: 1 }
      ]
      const casts = [{}, ...others].map(other => ({ ...cast, ...other }))
      const answers = casts.map(one => {
        const answer = box.cast(one)
        assert.equal(box.cast({ ...one }), answer, JSON.stringify(one))
        return answer
      })
      answers.push(box.cast(cast), box.adopt(cast), box.withdraw(cast))
      assert.equal(new Set(answers).size, answers.length)
      await Promise.allSettled(answers)
    }
  )

  onEngines('a full queue rejects votes at once', async (t, engine) => {
    const { db } = await open(t, engine)
    const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6_000 }, (_, n) => ballots.cast({ question: 1, voter: `u:${n}`, choices: [1] }))
    )
    const refused = outcomes.filter(outcome => outcome.status === 'rejected')
    // Busy at once if the box is full. On a slow machine, votes that waited too long are not
    // stored.
    const codes = refused.map(({ reason }) => (reason as { code: string }).code)
    assert.ok(codes.filter(code => code === '20015').length >= 500)
    assert.ok(codes.every(code => code === '20015' || code === '20016'))
    const row = await db.fetchone<{ votes: number }>('SELECT votes FROM choice WHERE id = 1')
    assert.equal(row!.votes, 3 + outcomes.length - refused.length)
    assert.deepEqual(await audit(db), [])
  })

  test('while a poll’s row is locked, its voters get an answer in time, other polls continue, and no vote is half stored', async t => {
    const { db, database } = await open(t, mariadb)
    const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
    const other = openDatabase(database)
    atEnd(t, () => other.close())
    const elsewhere = new BallotBox(other, { batchLimit: 500, transactions: 1 }, () => {})
    const held = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    const holder = db.transaction(async tx => {
      await tx.select('SELECT id FROM question WHERE id = 1 FOR UPDATE')
      locked.resolve()
      await held.promise
    })
    await locked.promise
    const casts = Array.from({ length: 500 }, (_, n) =>
      ballots.cast({ question: 1, voter: `u:${n}`, choices: [1] })
    )
    const first = await Promise.allSettled(casts)
    const codes = new Set(
      first.map(one => one.status === 'rejected' && (one.reason as { code: string }).code)
    )
    assert.deepEqual([...codes], ['20016'])
    await elsewhere.cast({ question: 2, voter: 'u:1', choices: [4] })
    held.resolve()
    await holder
    await ballots.cast({ question: 1, voter: 'u:1', choices: [1] })
    const row = await db.fetchone<{ votes: number }>('SELECT votes FROM choice WHERE id = 1')
    assert.equal(row!.votes, 4)
    assert.deepEqual(await audit(db), [])
  })

  test('while a poll’s row is locked, the same process counts the votes in other polls', async t => {
    const { db } = await open(t, mariadb)
    const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
    const cast = (question: 1 | 2, voter: string) =>
      ballots.cast({ question, voter, choices: [question === 1 ? 1 : 4] })
    await db.transaction(async tx => {
      await tx.select('SELECT id FROM question WHERE id = 1 FOR UPDATE')
      // The first batch is of both polls, and waits for the lock.
      const first = [cast(1, 'u:1'), cast(2, 'u:1')] as const
      const waiting = cast(2, 'u:2')
      await assert.rejects(first[0], { code: '20016' })
      assert.deepEqual((await first[1]).choice, [4])
      assert.deepEqual((await waiting).choice, [4])
      // From then on no vote waits with those of the locked poll.
      for (const voter of ['u:3', 'u:4', 'u:5']) {
        let isAnswered = false
        const locked = assert.rejects(cast(1, voter), { code: '20016' }).finally(() => (isAnswered = true))
        assert.deepEqual((await cast(2, voter)).choice, [4])
        assert.equal(isAnswered, false)
        await locked
      }
    })
    // Both are usual polls again.
    for (const voter of ['u:3', 'u:6']) assert.deepEqual((await cast(1, voter)).choice, [1])
    assert.deepEqual(
      (await Promise.all([cast(1, 'u:7'), cast(2, 'u:7')])).flatMap(({ choice }) => choice),
      [1, 4]
    )
    assert.deepEqual(await audit(db), [])
  })

  test('while several polls are locked, every vote in them is answered', async t => {
    const { db } = await open(t, mariadb)
    const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
    await db.transaction(async tx => {
      await tx.select('SELECT id FROM question WHERE id IN (1, 2, 3) FOR UPDATE')
      const votes: Array<Promise<unknown>> = []
      // One arrives while a batch waits, another when the look-up has begun, others when votes in
      // other polls expire.
      for (let n = 0; n < 40; n++) {
        const question = [1, 2, 3][n % 3]!
        votes.push(ballots.cast({ question, voter: `u:${n}`, choices: [[1, 4, 7][n % 3]!] }))
        votes.at(-1)!.catch(() => {})
        await delay(50)
      }
      const outcomes = await Promise.allSettled(votes)
      assert.ok(
        outcomes.every(one => one.status === 'rejected' && (one.reason as { code: string }).code === '20016')
      )
    })
    assert.equal(ballots.queued, 0)
    assert.deepEqual(await audit(db), [])
  })

  test('a vote is changed and withdrawn while the votes of another poll are locked', async t => {
    const { db } = await open(t, mariadb)
    const ballots = new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})
    const vote = { question: 2, voter: 'u:1' }
    await db.execute('UPDATE question SET revote = 1 WHERE id = 2')
    await ballots.cast({ question: 1, voter: 'u:1', choices: [1] })
    await ballots.cast({ ...vote, choices: [4] })
    await db.transaction(async tx => {
      await tx.select('SELECT voter FROM vote WHERE question_id = 1 FOR UPDATE')
      assert.deepEqual((await ballots.cast({ ...vote, choices: [5] })).choice, [5])
      assert.deepEqual((await ballots.withdraw(vote)).choice, [])
    })
    assert.deepEqual(await audit(db), [])
  })
})
