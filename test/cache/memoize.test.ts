/** A function that remembers its results, within a bound. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { memoize } from '../../app/cache/memoize.ts'

describe('cache/memoize', () => {
  test('a result is made once, until it is evicted as the least recently used', () => {
    const made: number[] = []
    const square = memoize((n: number) => {
      made.push(n)
      return n * n
    }, 2)
    assert.deepEqual([square(2), square(3), square(2), square(4), square(2), square(3)], [4, 9, 4, 16, 4, 9])
    assert.deepEqual(made, [2, 3, 4, 3])
  })

  test('arguments with the same key share a result, and false is one', () => {
    const made: string[] = []
    const decide = memoize(
      (word: string) => {
        made.push(word)
        return false
      },
      2,
      word => word.length
    )
    assert.deepEqual(['one', 'two', 'four'].map(decide), [false, false, false])
    assert.deepEqual(made, ['one', 'four'])
  })

  test('null is made again', () => {
    let made = 0
    const find = memoize((name: string) => (++made > 1 ? name : null), 2)
    assert.deepEqual([find('a'), find('a'), find('a')], [null, 'a', 'a'])
    assert.equal(made, 2)
  })
})
