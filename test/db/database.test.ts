/** The Database interface: the contract of every engine. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Argument, Step } from '../../app/db/database.ts'
import { DatabaseError, DuplicateKey } from '../../app/db/errors.ts'
import { connect, open, place } from '../support/database.ts'
import { embedded, onEngines } from '../support/engines.ts'

const insert = 'INSERT INTO user (name, email, password) VALUES (?, ?, ?)'
const emails = 'SELECT email FROM user WHERE id > 3 ORDER BY id'

describe('db/database', () => {
  onEngines('select returns all or the first rows; fetchone the first or undefined', async (t, engine) => {
    const db = await open(t, engine)
    const sql = 'SELECT id, choice_text FROM choice WHERE question_id = ? ORDER BY id'
    const all = await db.select<{ id: number; choice_text: string }>(sql, [1])
    assert.deepEqual(
      all.map(row => ({ ...row })),
      [
        { id: 1, choice_text: 'python' },
        { id: 2, choice_text: 'java' },
        { id: 3, choice_text: 'go' }
      ]
    )
    assert.equal((await db.select(sql, [1], 2)).length, 2)
    assert.deepEqual(await db.select(sql, [77]), [])
    assert.equal((await db.fetchone<{ id: number }>(sql, [1]))?.id, 1)
    assert.equal(await db.fetchone(sql, [77]), undefined)
  })

  onEngines('execute returns the number of affected rows and the id of a new row', async (t, engine) => {
    const db = await open(t, engine)
    const { insertId } = await db.execute(insert, ['Ann', 'ann@example.org', ''])
    assert.equal(insertId, 4)
    const update = 'UPDATE user SET name = ? WHERE id >= ?'
    assert.equal((await db.execute(update, ['Bob', 3])).affectedRows, 2)
    assert.equal((await db.execute(update, ['Bob', 3])).affectedRows, 2, 'matched, though unchanged')
    assert.equal((await db.execute('DELETE FROM user WHERE id = ?', [77])).affectedRows, 0)
  })

  onEngines('lists of values and of rows expand after IN and VALUES', async (t, engine) => {
    const db = await open(t, engine)
    assert.equal((await db.select('SELECT id FROM choice WHERE id IN (?)', [[1, 5, 9]])).length, 3)
    const people = ['a', 'b'].map(name => [name, `${name}@example.org`, ''])
    assert.equal(
      (await db.execute('INSERT INTO user (name, email, password) VALUES ?', [people])).affectedRows,
      2
    )
    const others = 'SELECT id FROM choice WHERE votes >= ? AND id IN (?) AND id <> ?'
    const rows = await db.select<{ id: number }>(others, [0, [1, 5, 9], 9])
    assert.deepEqual(
      rows.map(({ id }) => id),
      [1, 5]
    )
  })

  const text = 'SELECT id FROM user WHERE name = ?'
  const refused: Array<[string, string, unknown]> = [
    ['NaN', text, NaN],
    ['infinity', text, Infinity],
    ['undefined', text, undefined],
    ['NUL', text, 'Lu\0cy'],
    ['an object', text, { toString: () => 'Lucy' }],
    ['a date', text, new Date()],
    ['a list where one value is meant', text, ['Lucy']],
    ['a list of rows where one value is meant', text, [['Lucy']]],
    ['an empty list', 'SELECT id FROM user WHERE name IN (?)', []],
    ['undefined in a list', 'SELECT id FROM user WHERE name IN (?)', ['Lucy', undefined]],
    ['NUL in a row', 'INSERT INTO user (name, email, password) VALUES ?', [['a', 'b\0', 'c']]]
  ]

  onEngines('a value that no column can store never reaches the database', async (t, engine) => {
    const db = await open(t, engine)
    for (const [what, sql, value] of refused) {
      await assert.rejects(db.select(sql, [value as Argument]), TypeError, what)
    }
    assert.equal((await db.select('SELECT id FROM user')).length, 3)
  })

  const texts = ["O'Brien", '"; DROP TABLE user; --', '中文', '👩‍👧', '\\', '%_', '?', 'true', '01', '']

  onEngines('text is read as it was written, times as text, numbers as numbers', async (t, engine) => {
    const db = await open(t, engine)
    for (const [n, name] of texts.entries()) await db.execute(insert, [name, `${n}@example.org`, ''])
    const stored = await db.select<{ name: string }>('SELECT name FROM user WHERE id > 3 ORDER BY id')
    assert.deepEqual(
      stored.map(row => row.name),
      texts
    )
    await db.execute('UPDATE question SET close_time = ?, tally_version = ?, listed = ? WHERE id = 1', [
      '2031-02-28 23:59:59',
      2 ** 53 - 1,
      true
    ])
    const row = await db.fetchone(
      'SELECT close_time, tally_version, listed, closed_time FROM question WHERE id = 1'
    )
    assert.deepEqual(
      { ...(row as object) },
      { close_time: '2031-02-28 23:59:59', tally_version: 2 ** 53 - 1, listed: 1, closed_time: null }
    )
  })

  onEngines('a transaction is atomic, and its error is passed on', async (t, engine) => {
    const db = await open(t, engine)
    const answer = await db.transaction(async tx => {
      await tx.execute(insert, ['a', 'a@example.org', ''])
      assert.equal((await tx.select(emails)).length, 1, 'it sees its own rows')
      return 'done'
    })
    assert.equal(answer, 'done')
    const mine = new Error('mine')
    const failing = db.transaction(async tx => {
      await tx.execute(insert, ['b', 'b@example.org', ''])
      throw mine
    })
    await assert.rejects(failing, error => error === mine)
    assert.deepEqual(
      (await db.select<{ email: string }>(emails)).map(row => row.email),
      ['a@example.org']
    )
  })

  onEngines('commitAll runs all steps or none', async (t, engine) => {
    const db = await open(t, engine)
    const closed = 'SELECT id, closed_time FROM question WHERE closed_time IS NOT NULL ORDER BY id'
    const rows = async () => (await db.select<object>(closed)).map(row => ({ ...row }))
    const close = `UPDATE question SET closed_time = ${db.dialect.began} WHERE id IN (?)`
    const one = ['Lucy', 'lucy@example.org', '']
    await db.execute(insert, one)
    const first: Step = [close, [[1, 2]], 2]
    assert.equal(await db.commitAll([[close, [[1, 2]], 3]]), null, 'too few rows')
    assert.equal(await db.commitAll([first, [close, [[3]], 2]]), null, 'another number')
    assert.equal(await db.commitAll([first, [insert, one]]), null, 'a key that is there')
    await assert.rejects(db.commitAll([first, ['DELETE FROM nowhere', []]]), DatabaseError)
    assert.deepEqual(await rows(), [], 'nothing of it stays')
    const began = await db.commitAll([first])
    assert.deepEqual(await rows(), [
      { id: 1, closed_time: began },
      { id: 2, closed_time: began }
    ])
  })

  onEngines('a duplicate key error names the key, inside and outside of a transaction', async (t, engine) => {
    const db = await open(t, engine)
    const isEmail = (error: unknown) => error instanceof DuplicateKey && error.key === 'email'
    const lucy = ['Lucy', 'lucy@sample.invalid', '']
    await assert.rejects(db.execute(insert, lucy), isEmail)
    const both = db.transaction(async tx => {
      await tx.execute(insert, ['a', 'a@example.org', ''])
      await tx.execute(insert, lucy)
    })
    await assert.rejects(both, isEmail)
    assert.deepEqual(await db.select(emails), [])
    await db.execute('UPDATE user SET phone = ? WHERE id = 1', ['+491711234567'])
    const phone = db.execute('UPDATE user SET phone = ? WHERE id = 2', ['+491711234567'])
    await assert.rejects(phone, error => error instanceof DuplicateKey && error.key === 'phone')
  })

  onEngines('work under one advisory lock runs sequentially', async (t, engine) => {
    const db = await open(t, engine)
    let inside = 0
    const alone = () =>
      db.withAdvisoryLock('vote:test', async queries => {
        assert.equal(++inside, 1)
        await queries.select('SELECT id FROM user')
        await setImmediate()
        inside--
      })
    await Promise.all([alone(), alone(), alone()])
    await assert.rejects(
      db.withAdvisoryLock('vote:test', () => Promise.reject(new Error('mine'))),
      /mine/
    )
    await alone()
  })

  onEngines('a lock of one database does not block another one on the same server', async (t, engine) => {
    const [one, other] = [await open(t, engine), await open(t, engine)]
    const inside = one.withAdvisoryLock('vote:test', () =>
      other.withAdvisoryLock('vote:test', async () => 'both', 1_000)
    )
    assert.equal(await inside, 'both')
  })

  onEngines('the observer gets text and duration of a statement, never arguments', async (t, engine) => {
    const seen: string[] = []
    const config = await place(t, engine)
    const db = connect(t, config, statement => seen.push(JSON.stringify(statement)))
    await db.select('SELECT ? AS one', ['hunter2'])
    assert.equal(seen.length, 1)
    assert.match(seen[0]!, /^\{"sql":"SELECT \? AS one","milliseconds":[\d.]+,"rows":1\}$/)
  })

  onEngines(
    'other statements wait for an open transaction, and its rollback does not undo them',
    async (t, engine) => {
      const db = await open(t, engine)
      const order: string[] = []
      const outside: Array<Promise<unknown>> = []
      const failing = db.transaction(async tx => {
        await tx.execute(insert, ['a', 'a@example.org', ''])
        outside.push(
          db.execute(insert, ['b', 'b@example.org', '']).then(() => order.push('execute')),
          db.select<{ email: string }>(emails).then(rows => order.push(`select ${rows.length}`)),
          db.transaction(other => other.select(emails)).then(rows => order.push(`transaction ${rows.length}`))
        )
        for (let turn = 0; turn < 20; turn++) await setImmediate()
        order.push('rollback')
        throw new Error('mine')
      })
      await assert.rejects(failing, /mine/)
      await Promise.all(outside)
      assert.deepEqual(order, ['rollback', 'execute', 'select 1', 'transaction 1'])
    },
    [embedded]
  )
})
