/** Names of advisory locks. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { lockNameOf } from '../../../app/db/mysql/lock-name.ts'

describe('db/mysql/lock-name', () => {
  test('two databases have two locks, and no name is longer than MySQL accepts', () => {
    assert.equal(lockNameOf('vote:migrate', 'vote'), 'vote:migrate:vote')
    const long = 'x'.repeat(63)
    const names = [`${long}1`, `${long}2`, 'vote'].map(database => lockNameOf('vote:first-account', database))
    assert.equal(new Set(names).size, 3)
    for (const name of names) assert.ok(name.length <= 64, name)
  })
})
