/** The order of a room's polls, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { arrange } from '../../../app/routes/rooms/arrange.ts'

describe('routes/rooms/arrange', () => {
  test('a form moves, adds and takes out polls', () => {
    const table: Array<[Parameters<typeof arrange>[1], number[]]> = [
      [{}, [1, 2, 3]],
      [{ move: 'up:2' }, [2, 1, 3]],
      [{ move: 'up:1' }, [1, 2, 3]],
      [{ move: 'down:2' }, [1, 3, 2]],
      [{ move: 'down:3' }, [1, 2, 3]],
      [{ move: 'out:1' }, [2, 3]],
      [{ move: 'up:9' }, [1, 2, 3]],
      [{ add: 9 }, [1, 2, 3, 9]],
      [{ add: 2 }, [1, 2, 3]],
      [{ add: 9, move: 'up:9' }, [1, 2, 9, 3]]
    ]
    for (const [wish, expected] of table)
      assert.deepEqual(arrange([1, 2, 3], wish), expected, JSON.stringify(wish))
  })
})
