import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { duelsOf } from '../../../../app/models/results/counting/duels.ts'
import { runoff } from '../../../../app/models/results/counting/irv.ts'
import { countInTurns } from '../../../../app/models/results/counting/ranking.ts'
import { countNow } from '../../../support/elections.ts'
import { seeded } from '../../../support/faulty.ts'

/** An election with 20 options and so many different rankings of 10. */
function large(size: number) {
  const random = seeded(7)
  const options = Array.from({ length: 20 }, (_, id) => id)
  const rankings = Array.from({ length: size }, () => ({
    ranks: options
      .map(id => ({ id, key: random() }))
      .toSorted((a, b) => a.key - b.key)
      .slice(0, 10)
      .map(({ id }) => [id]),
    votes: 20
  }))
  return { options, rankings }
}

describe('models/results/counting/ranking', () => {
  test('a count in turns has the same result, and lets the event loop run meanwhile', async () => {
    const { options, rankings } = large(5_000)
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const counted = await countInTurns(runoff(options, rankings))
    const duels = await countInTurns(duelsOf(options, rankings))
    clearInterval(timer)
    assert.ok(turns > 2, `${turns} turns`)
    assert.deepEqual(counted, countNow(runoff(options, rankings)))
    assert.deepEqual(duels, countNow(duelsOf(options, rankings)))
  })
})
