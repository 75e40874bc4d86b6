/** The cache of rules while it evicts entries that a caller needs. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Database } from '../../../app/db/database.ts'
import { RULE_COLUMNS, RulesCache } from '../../../app/models/voting/rules-cache.ts'
import { open } from '../../support/database.ts'
import { embedded } from '../../support/engines.ts'

/** The sample polls. */
const polls = [1, 2, 3]

/** Completes the rules of the sample polls in a transaction. */
const complete = (db: Database, cache: RulesCache) =>
  db.transaction(async tx => {
    const sql = `SELECT ${RULE_COLUMNS} FROM question q ORDER BY q.id`
    return cache.complete(tx, await tx.select<Parameters<RulesCache['complete']>[1][number]>(sql))
  })

describe('models/voting/rules-cache', () => {
  test('get returns all rules, also those that are evicted by the others', async t => {
    const cache = new RulesCache(await open(t, embedded), 1)
    for (const ids of [[1], [1, 2], polls]) {
      const known = await cache.get(ids)
      assert.deepEqual(
        [...known.keys()].toSorted((a, b) => a - b),
        ids
      )
    }
  })

  test('complete returns all rules, also those that are evicted by the others', async t => {
    const db = await open(t, embedded)
    const cache = new RulesCache(db, 1)
    await cache.get(polls)
    await db.execute('UPDATE question SET revision = revision + 1 WHERE id = 3')
    const rows = await complete(db, cache)
    assert.deepEqual(
      rows.map(({ id, choices }) => [id, choices.size]),
      [
        [1, 3],
        [2, 3],
        [3, 3]
      ]
    )
  })

  test('the rules that a caller has are not lost when the cache evicts them', async t => {
    const cache = new RulesCache(await open(t, embedded), 1)
    const known = await cache.get([1])
    for (const id of [2, 3, 1]) await cache.get([id])
    assert.deepEqual([...known.keys()], [1])
  })

  test('the rules of a new revision are read, and a question that does not exist has none', async t => {
    const db = await open(t, embedded)
    const cache = new RulesCache(db)
    assert.equal((await cache.get([1, 99])).get(99), undefined)
    await db.execute('UPDATE choice SET delete_flag = 1 WHERE id = 1')
    await db.execute('UPDATE question SET revision = revision + 1 WHERE id = 1')
    assert.equal((await cache.get([1])).get(1)?.choices.size, 3)
    assert.equal((await complete(db, cache))[0]?.choices.size, 2)
    assert.equal((await cache.get([1])).get(1)?.choices.size, 2)
  })
})
