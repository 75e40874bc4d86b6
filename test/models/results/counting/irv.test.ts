import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { runoff } from '../../../../app/models/results/counting/irv.ts'
import type { Ranking } from '../../../../app/models/results/counting/ranking.ts'
import {
  alaska,
  collection,
  countNow,
  election,
  type Election,
  expectations,
  hasCollection,
  randomElection,
  readElection
} from '../../../support/elections.ts'
import { seeded } from '../../../support/faulty.ts'
import { secondIrv } from '../../../support/second-count.ts'

const irv = ({ options, rankings }: Pick<Election, 'options' | 'rankings'>) =>
  countNow(runoff(options, rankings))

/** The winners by name, and the votes of each round, in the order of the options. */
function told(counted: Election) {
  const { rounds, winners } = irv(counted)
  const out = rounds.flatMap(({ eliminated }) => eliminated.map(id => counted.names[id]))
  return {
    winners: winners.map(id => counted.names[id]),
    tallies: rounds.map(({ tally }) => tally.map(({ votes }) => votes)),
    out,
    ties: rounds.map(({ tie }) => tie),
    exhausted: rounds.at(-1)?.exhausted
  }
}

const abc = ['A', 'B', 'C']

describe('models/results/counting/irv', () => {
  const cases: Array<[what: string, Election, Partial<ReturnType<typeof told>>]> = [
    ['no ballot has no winner', election(abc), { winners: [], tallies: [] }],
    [
      'a majority of the first round wins at once',
      election(abc, 'A * 3', 'B * 1', 'C * 1'),
      { winners: ['A'], tallies: [[3, 1, 1]], out: [], ties: [false] }
    ],
    [
      'half is no majority',
      election(abc, 'A * 2', 'B > A * 1', 'C > B * 1'),
      {
        winners: ['A', 'B'],
        tallies: [
          [2, 1, 1],
          [2, 2]
        ],
        out: ['C'],
        ties: [true, true]
      }
    ],
    [
      'one of two tied losers is eliminated, never both',
      election(abc, 'A > B > C * 4', 'B > C > A * 3', 'C > B > A * 3'),
      {
        winners: ['B'],
        tallies: [
          [4, 3, 3],
          [4, 6]
        ],
        out: ['C'],
        ties: [true, false]
      }
    ],
    [
      'of equal losers the one with fewer votes in an earlier round goes',
      election(['A', 'B', 'C', 'D'], 'A * 6', 'B * 3', 'C * 2', 'D > C * 1'),
      {
        winners: ['A'],
        tallies: [
          [6, 3, 2, 1],
          [6, 3, 3],
          [6, 3]
        ],
        out: ['D', 'C'],
        ties: [false, true, false]
      }
    ],
    [
      'a tie of the last two is a tie',
      election(abc, 'A * 3', 'B * 3', 'C * 1'),
      {
        winners: ['A', 'B'],
        tallies: [
          [3, 3, 1],
          [3, 3]
        ],
        out: ['C'],
        ties: [false, true],
        exhausted: 1
      }
    ],
    [
      'a majority is one of the ballots that still count',
      election(abc, 'A * 4', 'B * 3', 'C * 2'),
      {
        winners: ['A'],
        tallies: [
          [4, 3, 2],
          [4, 3]
        ],
        exhausted: 2
      }
    ],
    [
      'Alaska 2022',
      alaska,
      {
        winners: ['Peltola'],
        tallies: [
          [53810, 58971, 75799],
          [86024, 91265]
        ],
        exhausted: 11291
      }
    ]
  ]
  for (const [what, counted, expected] of cases) {
    test(what, () => {
      const got = told(counted)
      for (const [key, value] of Object.entries(expected)) {
        assert.deepEqual(got[key as keyof typeof got], value, key)
      }
    })
  }

  test('a rank that two options share exhausts the ballot while both are in', () => {
    const { tallies, winners } = told(election(abc, 'A = B > C * 3', 'C * 2', 'B * 1', 'A * 1'))
    assert.deepEqual(winners, ['A'])
    assert.deepEqual(tallies, [
      [1, 1, 2],
      [4, 2]
    ])
  })

  test('equals a second implementation in 10,000 random elections', () => {
    const random = seeded(1)
    for (let n = 0; n < 10_000; n++) {
      const asked = randomElection(random, 1 + (n % 5))
      const { rounds, winners } = irv(asked)
      const second = secondIrv(asked)
      const found = {
        winners,
        eliminated: rounds.flatMap(({ eliminated }) => eliminated),
        tallies: rounds.map(({ tally }) => Object.fromEntries(tally.map(({ id, votes }) => [id, votes]))),
        exhausted: rounds.at(-1)!.exhausted
      }
      assert.deepEqual(found, second, JSON.stringify(asked))
    }
  })

  test('the order of ballots changes nothing, and the order of options only what the rule for ties decides', () => {
    const random = seeded(2)
    for (let n = 0; n < 2_000; n++) {
      const asked = randomElection(random)
      const first = irv(asked)
      assert.deepEqual(irv({ ...asked, rankings: asked.rankings.toReversed() }), first)
      if (first.rounds.some(({ tie }) => tie)) continue
      const turned = irv({ ...asked, options: asked.options.toReversed() })
      assert.deepEqual(turned.winners, first.winners)
      const out = ({ rounds }: typeof first) => rounds.flatMap(({ eliminated }) => eliminated)
      assert.deepEqual(out(turned), out(first))
    }
  })

  describe('real elections', { skip: !hasCollection && 'the collection is not here' }, () => {
    test('Burlington 2009, round by round', () => {
      const rows = readFileSync(join(collection, 'burlington/us_vt_btv_2009_03_mayor.normalized.csv'), 'utf8')
      const ballots = Map.groupBy(
        rows
          .trim()
          .split('\n')
          .slice(1)
          .map(row => row.split(',')),
        ([ballot]) => ballot
      )
      const isName = ([, , name]: string[]) => !name!.startsWith('$') // $OVERVOTE and $UNDERVOTE are no candidates
      const names = [
        ...new Set(
          [...ballots.values()]
            .flat()
            .filter(isName)
            .map(([, , name]) => name!)
        )
      ]
      const rankings: Ranking[] = Array.from(ballots.values(), rank => ({
        ranks: rank
          .filter(isName)
          .toSorted((a, b) => Number(a[1]) - Number(b[1]))
          .map(([, , name]) => [names.indexOf(name!)]),
        votes: 1
      }))
      const { winners, tallies, exhausted } = told({ names, options: names.map((_, id) => id), rankings })
      assert.deepEqual(
        tallies.map(votes => votes.toSorted((a, b) => b - a)),
        [
          [2951, 2585, 2063, 1306, 36, 35],
          [2955, 2599, 2067, 1315, 37],
          [2960, 2605, 2080, 1317],
          [3294, 2981, 2554],
          [4313, 4060]
        ]
      )
      assert.deepEqual([winners, exhausted], [['Bob Kiss'], 607])
    })

    for (const { name, file, irv: expected } of hasCollection ? expectations() : []) {
      const asked = readElection(file)
      const isStrict = asked.rankings.every(({ ranks }) => ranks.every(rank => rank.length === 1))
      if (!isStrict || expected.length === 0) continue
      test(`Tideman ${name}`, () => {
        assert.deepEqual(told(asked).winners, expected)
      })
    }
  })
})
