/** A process full of voters: casts, repeats, changes and withdraws at random, and keeps a trivial model of it. */
import assert from 'node:assert/strict'
import type { Config } from '../../app/config.ts'
import { openDatabase } from '../../app/db/open.ts'
import { createBallots } from '../../app/models/ballots.ts'
import { faulty, seeded } from './faulty.ts'

export interface Job {
  database: Config['database']
  seed: number
  /** Their votes are this process's alone; `shared` ones are cast by the other processes too. */
  voters: string[]
  shared: string[]
  questions: Array<{ id: number; choices: number[]; most: number }>
  turns: number
  share: number
}

/** What may be stored for `question voter`: more than one state where an answer was "not confirmed". */
export type Model = Record<string, string[]>

/** Runs the job; returns the model of its own voters. Throws when an answer contradicts it. */
export async function vote({ database, seed, voters, shared, questions, turns, share }: Job): Promise<Model> {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
  const db = openDatabase(database)
  const isServer = database.engine === 'mysql'
  const ballots = createBallots(
    faulty(db, random, share, isServer),
    { batchLimit: 500, transactions: 1 },
    () => {}
  )
  const model: Model = {}

  async function turn(voter: string, isModelled: boolean) {
    const { id: question, choices, most } = pick(questions)
    const wanted =
      random() < 0.2 ? [] : choices.filter(() => random() < 0.5).slice(0, most + (random() < 0.1 ? 1 : 0))
    const key = `${question} ${voter}`
    const before = model[key] ?? ['']
    const after = wanted.join()
    const outcome = await (wanted.length > 0
      ? ballots.cast({ question, voter, choices: wanted })
      : ballots.withdraw({ question, voter })
    ).then(
      ballot => ballot.choice.join(),
      (error: { code?: string }) => Number(error.code)
    )
    if (!isModelled) return
    if (outcome === after) model[key] = [after]
    else if (outcome === 20017) model[key] = [...new Set([...before, after])]
    else if (outcome === 20014) {
      // Final: so there is a vote, and another one.
      model[key] = before.filter(state => state !== '' && state !== after)
      assert.notEqual(model[key].length, 0, `${key}: final, but ${before.join(' or ')} before`)
    } else
      assert.ok([20005, 20012, 20016].includes(outcome as number), `${key}: ${after} was answered ${outcome}`)
  }

  const own = voters.map(async voter => {
    for (let n = 0; n < turns; n++) await turn(voter, true)
  })
  const others = shared.map(async voter => {
    for (let n = 0; n < turns; n++) await turn(voter, false)
  })
  await Promise.all([...own, ...others])
  await db.close()
  return model
}

if (process.send) {
  process.once('message', (job: Job) => {
    vote(job).then(
      model => process.send!({ model }),
      (error: Error) => process.send!({ error: error.stack })
    )
  })
}
