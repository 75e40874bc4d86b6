import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { duelsOf, duelsWon, winnerOfAll } from '../../../../app/models/results/counting/duels.ts'
import { rankedPairs } from '../../../../app/models/results/counting/pairs.ts'
import {
  alaska,
  countNow,
  election,
  type Election,
  expectations,
  hasCollection,
  randomElection,
  readElection
} from '../../../support/elections.ts'
import { seeded } from '../../../support/faulty.ts'
import { secondPairs, secondPreferring } from '../../../support/second-count.ts'

function pairs({ options, rankings }: Pick<Election, 'options' | 'rankings'>) {
  const duels = countNow(duelsOf(options, rankings))
  return {
    duels,
    winnerOfAll: winnerOfAll(options, duelsWon(options, duels)),
    ...rankedPairs(options, duels)
  }
}

const abc = ['A', 'B', 'C']
const cycle = election(abc, 'A > B > C * 4', 'B > C > A * 3', 'C > A > B * 2')

describe('models/results/counting/pairs', () => {
  test('the option that wins all duels wins', () => {
    const { winnerOfAll: winner, order } = pairs(alaska)
    assert.deepEqual([winner, order], [0, [[0], [2], [1]]])
  })

  test('Alaska 2022: the duels', () => {
    assert.deepEqual(pairs(alaska).duels, [
      { a: 0, b: 1, for_a: 101217, for_b: 63616 },
      { a: 0, b: 2, for_a: 87854, for_b: 79451 },
      { a: 1, b: 2, for_a: 86024, for_b: 91265 }
    ])
  })

  test('of a circle the weakest result does not hold', () => {
    const { winnerOfAll: winner, steps, order } = pairs(cycle)
    assert.equal(winner, null)
    assert.deepEqual(steps, [
      { winner: 1, loser: 2, votes: 7, against: 2, holds: true },
      { winner: 0, loser: 1, votes: 6, against: 3, holds: true },
      { winner: 2, loser: 0, votes: 5, against: 4, holds: false }
    ])
    assert.deepEqual(order, [[0], [1], [2]])
  })

  test('of a circle of equal results none holds', () => {
    const { steps, order } = pairs(election(abc, 'A > B > C', 'B > C > A', 'C > A > B'))
    assert.deepEqual(
      steps.map(({ holds }) => holds),
      [false, false, false]
    )
    assert.deepEqual(order, [[0, 1, 2]])
  })

  test('fewer votes against make a result of equal votes stronger', () => {
    const { steps } = pairs(election(abc, 'A > B > C * 3', 'C > A * 1', 'B = C > A * 1'))
    assert.deepEqual(
      steps.map(({ votes, against }) => [votes, against]),
      [
        [4, 1],
        [3, 1],
        [3, 2]
      ]
    )
  })

  test('equal ranks prefer neither, and options that are not named are last together', () => {
    const { duels } = pairs(election(['A', 'B', 'C', 'D'], 'A = B * 2'))
    assert.deepEqual(
      duels.map(({ for_a, for_b }) => [for_a, for_b]),
      [
        [0, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [0, 0]
      ]
    )
  })

  test('no ballot leaves all options equal', () => {
    assert.deepEqual(pairs(election(abc)).order, [[0, 1, 2]])
  })

  test('equals a second implementation in 10,000 random elections', () => {
    const random = seeded(3)
    for (let n = 0; n < 10_000; n++) {
      const asked = randomElection(random, 1 + (n % 3))
      const { duels, order } = pairs(asked)
      assert.deepEqual(order, secondPairs(asked), JSON.stringify(asked))
      const { a, b, for_a, for_b } = duels[n % duels.length]!
      assert.deepEqual([for_a, for_b], [secondPreferring(asked, a, b), secondPreferring(asked, b, a)])
    }
  })

  test('the order of ballots and of options changes nothing, ties included', () => {
    const random = seeded(4)
    const sorted = (order: number[][]) => order.map(place => place.toSorted((a, b) => a - b))
    for (let n = 0; n < 2_000; n++) {
      const asked = randomElection(random, 2)
      const turned = { options: asked.options.toReversed(), rankings: asked.rankings.toReversed() }
      assert.deepEqual(sorted(pairs(turned).order), sorted(pairs(asked).order))
    }
  })

  describe('real elections', { skip: !hasCollection && 'the collection is not here' }, () => {
    for (const { name, file, condorcet, pairs: expected } of hasCollection ? expectations() : []) {
      test(`Tideman ${name}`, () => {
        const asked = readElection(file)
        const { winnerOfAll: winner, order } = pairs(asked)
        assert.equal(winner === null ? undefined : asked.names[winner], condorcet)
        const names = order.map(place => place.map(id => asked.names[id]!).toSorted())
        assert.deepEqual(
          names,
          expected.map(place => place.toSorted())
        )
      })
    }
  })
})
