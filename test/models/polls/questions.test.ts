/** Lists of 10,000 polls: correct rows, read by an index without sorting. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { backfill } from '../../../app/db/migrations/backfill.ts'
import { delegate } from '../../support/delegate.ts'
import type { Argument, Database } from '../../../app/db/database.ts'
import { PollKeys } from '../../../app/models/voting/poll-keys.ts'
import { Questions } from '../../../app/models/polls/questions.ts'
import { isOpen } from '../../../app/models/polls/question-row.ts'
import { listFiltered, type ListOptions, listQuestions } from '../../../app/models/polls/question-list.ts'
import { open } from '../../support/database.ts'
import { type Engine, embedded, onEngines } from '../../support/engines.ts'

const ann = 2
const last = 10_003

/**
 * Polls 4 to 10,003: every second is listed, every fifth is Ann's, every tenth is closed, every
 * thousandth is about needles. User 7 has voted in all of them but 4,998.
 */
async function fill(db: Database) {
  const rows = Array.from({ length: 10_000 }, (_, index) => {
    const n = index + 4
    const text = `Is ${n} about ${n % 1000 === 0 ? 'needles' : 'hay'}?`
    return [
      n % 5 === 0 ? ann : 1,
      `t${n}-abcdefghij`,
      text,
      (n + 1) % 2,
      n % 10 === 0 ? '2026-01-01 00:00:00' : null
    ]
  })
  const questions = 'INSERT INTO question (user_id, slug, question_text, listed, closed_time) VALUES ?'
  while (rows.length > 0) await db.execute(questions, [rows.splice(0, 1000)])
  await db.execute(
    `INSERT INTO choice (question_id, position, choice_text) SELECT id, 1, 'Yes' FROM question WHERE id > 3`
  )
  await db.execute(
    `INSERT INTO vote (question_id, voter, slot, choice_id, receipt, cast_time)
     SELECT question_id, 'u:7', 0, MIN(id), 'rrrrrrrrrrrrrrrrrrrrrr', '2026-01-01 00:00:00' FROM choice
     WHERE question_id <> 4998 GROUP BY question_id`
  )
  await backfill(db, 'unfilled')
}

type Statement = [sql: string, args: Argument[]]

/** Opens the database and records its statements. */
function listening(db: Database) {
  const statements: Statement[] = []
  const select: Database['select'] = (sql, args = [], size) => {
    statements.push([sql, [...args]])
    return db.select(sql, args, size)
  }
  return { statements, db: { ...delegate(db), select, replica: { ...delegate(db).replica, select } } }
}

/** Returns the server's plan for the question table. */
async function plan(db: Database, engine: Engine, [sql, args]: Statement) {
  if (engine === embedded) {
    const steps = await db.select<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, args, 21)
    return steps.map(({ detail }) => detail).join('; ')
  }
  const steps = await db.select<{ table: string; type: string; key: string; Extra: string }>(
    `EXPLAIN FORMAT=TRADITIONAL ${sql}`,
    args,
    21
  )
  return steps.map(({ table, type, key, Extra }) => `${table} ${type} ${key} ${Extra}`).join('; ')
}

/** The questions of a database without ballots of anonymous polls. */
const questionsOf = (db: Database) =>
  new Questions(db, new PollKeys(db, error => assert.ifError(error)), async () => null)

describe('models/polls/questions', () => {
  onEngines('a page of 10,000 polls has the right rows and is read by an index', async (t, engine) => {
    const db = await open(t, engine)
    await fill(db)
    const { statements, db: heard } = listening(db)
    const questions = questionsOf(heard)
    let slowest = 0
    const ids = async (options: ListOptions) => {
      const started = performance.now()
      const page = await questions.list(options)
      slowest = Math.max(slowest, performance.now() - started)
      return page.questions.map(({ id }) => id)
    }
    const down = (from: number, step: number, count = 20) =>
      Array.from({ length: count }, (_, n) => from - n * step)

    assert.deepEqual(await ids({}), down(10_002, 2))
    assert.deepEqual(await ids({ after: 5001 }), down(5000, 2))
    assert.deepEqual(await ids({ after: 5 }), [4, 3, 2, 1])
    assert.deepEqual(
      await ids({ open: true }),
      down(10_002, 2, 25).filter(id => id % 10 !== 0)
    )
    assert.deepEqual(await ids({ q: 'NEEDLES' }), down(10_000, 1000, 10))
    assert.deepEqual(await ids({ q: 'needles', after: 3000 }), [2000, 1000])
    assert.deepEqual(await ids({ q: 'no such thing' }), [])
    assert.deepEqual(await ids({ scope: { owner: ann } }), down(10_000, 5))
    assert.deepEqual(await ids({ scope: { owner: ann }, q: 'needles', after: 9000 }), down(8000, 1000, 8))
    assert.deepEqual(await ids({ scope: { owner: ann }, open: true, q: 'needles' }), [])
    assert.deepEqual(await ids({ scope: 'all', q: 'is 999' }), [...down(9999, 1, 10), 999])
    assert.deepEqual(await ids({ scope: 'all', open: true, q: 'needles' }), [])
    assert.deepEqual(await ids({ waitingFor: 'u:7' }), [4998])
    assert.deepEqual(
      await ids({ waitingFor: 'u:8', after: last }),
      down(10_002, 2, 25).filter(id => id % 10 !== 0)
    )

    t.diagnostic(`the slowest took ${slowest.toFixed(0)} ms`)

    for (const statement of statements) {
      const how = await plan(db, engine, statement)
      const [sql] = statement
      assert.match(
        how,
        /SEARCH q USING (COVERING )?(INDEX question_(listed|listed_open|listed_search|user)|INTEGER PRIMARY KEY)|q (const|ref|ref_or_null|range) (listed|listed_open|listed_search|user_id|PRIMARY) /,
        sql
      )
      assert.doesNotMatch(how, /SCAN q|q ALL/, sql)
      // Open polls with and without a closing time are two lists, of a page each, that are sorted
      // together.
      if (!sql.includes('AS dated')) assert.doesNotMatch(how, /TEMP B-TREE|filesort|temporary/, sql)
    }
  })

  onEngines('reading a list page by page returns every poll once', async (t, engine) => {
    const db = await open(t, engine)
    await fill(db)
    const questions = questionsOf(db)
    const seen: number[] = []
    let after: number | undefined
    do {
      const page = await questions.list({ q: '7', after })
      seen.push(...page.questions.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after !== undefined)
    const expected = Array.from({ length: last }, (_, n) => last - n).filter(
      id => id > 3 && id % 2 === 0 && String(id).includes('7')
    )
    assert.deepEqual(seen, expected)
  })

  onEngines('a list goes on where the replica of its rows lacks the newest poll', async (t, engine) => {
    const db = await open(t, engine)
    await fill(db)
    const lagging: Database['replica'] = {
      ...delegate(db).replica,
      async select<Row>(...query: Parameters<Database['select']>) {
        const rows = await db.select<Row & { question_text?: string }>(...query)
        return rows.filter(
          ({ question_text: text }) => text === undefined || !text.includes(String(last - 1))
        )
      }
    }
    const { questions, next } = await listQuestions({ ...delegate(db), replica: lagging }, {})
    const newest = questions.map(({ id }) => id)
    assert.deepEqual([newest.length, newest[0], newest.at(-1), next], [19, last - 3, last - 39, last - 39])
  })

  onEngines('a filtered list reads on until a page is full, five pages at most', async (t, engine) => {
    const db = await open(t, engine)
    await fill(db)
    const read = async (after: number | undefined, isWanted: (id: number) => boolean) => {
      const page = await listFiltered(db, { scope: { owner: ann }, after }, async ({ id }) => isWanted(id))
      return [page.questions.map(({ id }) => id), page.next]
    }
    const down = (from: number, step: number, count: number) =>
      Array.from({ length: count }, (_, n) => from - n * step)
    assert.deepEqual(await read(undefined, id => id % 15 === 0), [down(9990, 15, 20), 9705])
    assert.deepEqual(await read(undefined, id => id < 9950), [down(9945, 5, 20), 9850])
    assert.deepEqual(await read(undefined, id => id % 100 === 0), [down(10_000, 100, 5), 9505])
    assert.deepEqual(await read(undefined, () => false), [[], 9505])
    assert.deepEqual(await read(50, id => id === 10), [[10], null])
  })

  onEngines('a poll is closed from its closing time on, to the second', async (t, engine) => {
    const db = await open(t, engine)
    await db.execute("UPDATE question SET close_time = '2030-01-01 12:00:00' WHERE id = 1")
    const openAt = async (time: string) => {
      const sql = `SELECT ${isOpen(`'${time}'`)} AS open FROM question q WHERE q.id = 1`
      return (await db.fetchone<{ open: number }>(sql))!.open
    }
    assert.equal(await openAt('2030-01-01 11:59:59'), 1)
    assert.equal(await openAt('2030-01-01 12:00:00'), 0)
    assert.equal(await openAt('2030-01-01 12:00:01'), 0)
  })
})
