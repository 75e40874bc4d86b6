/** Compares the cost of a poll with a million votes to that of one with a thousand. */
import type { Database } from '../app/db/database.ts'
import { type Places, stop, vote } from './contestants.ts'
import { makeQuestions } from './data.ts'
import { type Load, type Measured, measure } from './load.ts'
import { barOf, median, type Summary } from './table.ts'

/** Creates a question with this many votes. */
async function makeFilledQuestion(db: Database, votes: number): Promise<string> {
  const [made] = await makeQuestions(db, 1)
  const [question, choice] = made!.split(':').map(Number)
  for (let from = 0; from < votes; from += 10_000) {
    const rows = Array.from({ length: Math.min(10_000, votes - from) }, (_, n) => [
      question!,
      `b:filler-${from + n}`,
      0,
      choice!,
      'filler0000000000000000',
      '2026-01-01 00:00:00'
    ])
    await db.execute('INSERT INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES ?', [
      rows
    ])
  }
  await db.execute('UPDATE choice SET votes = ? WHERE id = ?', [votes, choice!])
  await db.execute('UPDATE question SET voters = ? WHERE id = ?', [votes, question!])
  return made!
}

/** Measures page, JSON and vote on a large and a small poll. A ratio of 1 means no growth. */
export async function growth(
  db: Database,
  places: Places,
  pids: { database: number; redis: number },
  voters: string,
  rounds: number,
  seconds: number
): Promise<Summary> {
  const contestant = await vote(places, 'vote x4', 4)
  const measured: Summary['measured'] = {}
  const bars: Summary['bars'] = []
  const makePolls = async () =>
    [await makeFilledQuestion(db, 1_000), await makeFilledQuestion(db, 1_000_000)] as const
  let polls = await makePolls()
  const loads: Array<[string, (option: string) => Load]> = [
    [
      'page',
      option => ({ what: 'get', target: `/questions/${option.split(':')[0]}`, connections: 64, seconds })
    ],
    [
      'JSON',
      option => ({
        what: 'get',
        target: `/question/${option.split(':')[0]}/choice`,
        connections: 64,
        seconds
      })
    ],
    ['vote', option => ({ what: 'hot', target: option, connections: 64, seconds, voters })]
  ]
  try {
    for (const [name, load] of loads) {
      const small: Measured[] = []
      const large: Measured[] = []
      for (let n = 0; n <= rounds; n++) {
        // A voter can vote once in a poll, so every round of votes needs new polls.
        if (name === 'vote') polls = await makePolls()
        const [few, many] = polls
        const results = [
          await measure(contestant, pids, load(few)),
          await measure(contestant, pids, load(many))
        ] as const
        if (n === 0) continue // the first round is the warm-up
        small.push(results[0])
        large.push(results[1])
      }
      const [ofFew, ofMany] = [median(small), median(large)]
      measured[`${name}, 1,000 votes`] = ofFew
      measured[`${name}, 1,000,000 votes`] = ofMany
      const value = ofMany.rate / ofFew.rate
      bars.push(barOf(`${name} with 1,000,000 votes against 1,000`, value, 1 / 1.15, 1 / 1.05))
    }
  } finally {
    await stop(contestant)
  }
  return { name: 'growth: 1,000,000 votes in one poll', measured, bars }
}
