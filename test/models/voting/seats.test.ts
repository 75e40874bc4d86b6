/** Seats of options and of polls: as a table, and with many voters who race for them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { OptionFull, PollFull } from '../../../app/errors.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import type { Change } from '../../../app/models/voting/change.ts'
import { SeatsLeft } from '../../../app/models/voting/seats.ts'
import { migrate } from '../../../app/db/migrations/migrate.ts'
import { connect, place } from '../../support/database.ts'
import { onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

const voter = { question: 1, voter: 'u:1' }
const insert = (...choices: number[]): Change => ({
  type: 'insert',
  voter,
  marks: { choices },
  kind: 'multiple',
  privacy: 'hidden',
  revision: 1,
  receipt: 'a',
  castTime: ''
})
const remove = (...choices: number[]): Change => ({
  type: 'remove',
  voter,
  marks: { choices },
  kind: 'multiple'
})
const rename: Change = { type: 'rename', voter, to: 'u:2' }

interface Case {
  what: string
  votes?: Array<[id: number, votes: number]>
  voters?: number
  most?: number | null
  moves: Change[][]
  /** What is refused, by move. */
  refused: Array<typeof OptionFull | undefined>
}

/** Option 1 has two seats, option 2 has one, option 3 any number. */
const cases: Case[] = [
  {
    what: 'who comes first has the seat',
    moves: [[insert(2)], [insert(2)]],
    refused: [undefined, OptionFull]
  },
  {
    what: 'an option without a limit',
    moves: [[insert(3)], [insert(3)], [insert(3)]],
    refused: [undefined, undefined, undefined]
  },
  {
    what: 'a full option refuses the whole ballot',
    votes: [[2, 1]],
    moves: [[insert(1, 2)], [insert(1)], [insert(1)]],
    refused: [OptionFull, undefined, undefined]
  },
  {
    what: 'changing away frees a seat',
    votes: [[2, 1]],
    moves: [[remove(2), insert(1)], [insert(2)]],
    refused: [undefined, undefined]
  },
  {
    what: 'a withdrawal frees a seat',
    votes: [[1, 2]],
    moves: [[remove(1)], [insert(1)]],
    refused: [undefined, undefined]
  },
  {
    what: 'a change that keeps a seat takes none',
    votes: [[2, 1]],
    moves: [[remove(2), insert(2, 3)]],
    refused: [undefined]
  },
  {
    what: 'more votes than seats may leave',
    votes: [[2, 5]],
    moves: [[remove(2)], [insert(2)]],
    refused: [undefined, OptionFull]
  },
  { what: 'a renamed ballot keeps its seat', votes: [[2, 1]], moves: [[rename]], refused: [undefined] },
  {
    what: 'the poll takes no further ballot',
    most: 2,
    voters: 1,
    moves: [[insert(3)], [insert(3)]],
    refused: [undefined, PollFull]
  },
  {
    what: 'in a full poll a ballot may change',
    most: 2,
    voters: 2,
    moves: [[remove(3), insert(1)]],
    refused: [undefined]
  },
  {
    what: 'in a full poll a withdrawal makes room',
    most: 2,
    voters: 2,
    moves: [[remove(3)], [insert(1)]],
    refused: [undefined, undefined]
  },
  {
    what: 'a merged ballot makes room',
    most: 2,
    voters: 2,
    moves: [[remove(1), remove(2), insert(3)], [insert(3)]],
    refused: [undefined, undefined]
  }
]

describe('models/voting/seats', () => {
  for (const { what, votes = [], voters = 0, most = null, moves, refused } of cases)
    test(what, () => {
      const capacities = new Map([
        [1, 2],
        [2, 1]
      ])
      const left = new SeatsLeft({ max_ballots: most, capacities }, { voters, votes: new Map(votes) })
      assert.deepEqual(
        moves.map(changes => left.move(changes)?.constructor),
        refused
      )
    })

  onEngines(
    '100 voters race for 10 seats through four connections: exactly 10 hold one',
    async (t, engine) => {
      const config = await place(t, engine)
      const [db, ...others] = Array.from({ length: 4 }, () => connect(t, config))
      await migrate(db!, config)
      const { id, choices } = await ask({ db: db! }, { kind: 'multiple', max_choices: 2 }, ['Boat', 'Bus'])
      await db!.execute('UPDATE choice SET capacity = 10 WHERE id = ?', [choices[0]!])
      const boxes = [db!, ...others].map(
        one => new BallotBox(one, { batchLimit: 500, transactions: 2 }, () => {})
      )
      const cast = (n: number, ...chosen: number[]) =>
        boxes[n % 4]!.cast({ question: id, voter: `u:${n + 1}`, choices: chosen }).then(
          () => 'counted',
          (error: unknown) => (error as Error).message
        )
      const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => cast(n, choices[0]!)))
      assert.equal(answers.filter(one => one === 'counted').length, 10)
      assert.equal(answers.filter(one => one === 'option_full').length, 90)
      const holders = answers.flatMap((one, n) => (one === 'counted' ? [n] : []))
      const voters = async () =>
        (
          await db!.select<{ voter: string }>('SELECT voter FROM vote WHERE choice_id = ?', [choices[0]!])
        ).map(row => row.voter)
      assert.deepEqual(new Set(await voters()), new Set(holders.map(n => `u:${n + 1}`)))

      // Three change away while all others ask again: three seats go on, and none twice.
      const waiting = Array.from({ length: 100 }, (_, n) => n).filter(n => !holders.includes(n))
      const [left, again] = await Promise.all([
        Promise.all(holders.slice(0, 3).map(n => cast(n, choices[1]!))),
        Promise.all(waiting.map(n => cast(n, choices[0]!)))
      ])
      assert.deepEqual(left, ['counted', 'counted', 'counted'])
      for (const n of waiting) if ((await voters()).length < 10) again.push(await cast(n, choices[0]!))
      assert.equal((await voters()).length, 10)
      assert.deepEqual(await audit(db!), [])
    }
  )

  onEngines(
    'a poll takes so many ballots, and a place that is left goes to another voter',
    async (t, engine) => {
      const config = await place(t, engine)
      const db = connect(t, config)
      await migrate(db, config)
      const { id, choices } = await ask({ db })
      await db.execute('UPDATE question SET max_ballots = 5 WHERE id = ?', [id])
      const box = new BallotBox(db, { batchLimit: 500, transactions: 2 }, () => {})
      const cast = (n: number, choice = choices[0]!) =>
        box.cast({ question: id, voter: `u:${n}`, choices: [choice] })
      const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => cast(n + 1)))
      const counted = answers.flatMap(({ status }, n) => (status === 'fulfilled' ? [n + 1] : []))
      assert.equal(counted.length, 5)
      const other = answers.findIndex(({ status }) => status === 'rejected') + 1
      await cast(counted[0]!, choices[1])
      await assert.rejects(cast(other), PollFull)
      await box.withdraw({ question: id, voter: `u:${counted[0]!}` })
      await cast(other)
      assert.deepEqual(await audit(db), [])
    }
  )
})
