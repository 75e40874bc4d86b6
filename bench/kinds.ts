/**
 * Compares votes in polls of every kind, and in anonymous polls, with votes in polls of one choice.
 */
import { randomBytes } from 'node:crypto'
import type { Database } from '../app/db/database.ts'
import { createPollKey } from '../app/models/voting/poll-keys.ts'
import type { Kind } from '../app/values/kinds.ts'
import type { Privacy } from '../app/values/privacy.ts'
import { type Places, stop, vote } from './contestants.ts'
import { type Measured, measure } from './load.ts'
import { barOf, median, type Summary } from './table.ts'

const POLLS = 4
const MIN_RATIO = 0.7
const BUDGET = 10

interface Contest {
  name: string
  kind: Kind
  options: number
  privacy?: Privacy
  /** The ballot as bench/load.lua reads it, of the ids of the options. */
  ballot: (ids: number[]) => string
}

const all = (ids: number[]) => ids.join('+')

const contests: Contest[] = [
  { name: 'single', kind: 'single', options: 3, ballot: ids => String(ids[0]) },
  { name: 'multiple', kind: 'multiple', options: 3, ballot: ids => all(ids.slice(0, 2)) },
  { name: 'answers', kind: 'answers', options: 3, ballot: ids => `${all(ids)}=2+1+0` },
  { name: 'score', kind: 'score', options: 3, ballot: ids => `${all(ids)}=5+3+0` },
  { name: 'dots', kind: 'dots', options: 3, ballot: ids => `${all(ids)}=6+3+1` },
  { name: 'ranked, 10 options', kind: 'ranked', options: 10, ballot: all },
  {
    name: 'single, anonymous',
    kind: 'single',
    options: 3,
    privacy: 'anonymous',
    ballot: ids => String(ids[0])
  }
]

/** Creates polls; returns each as `question:ballot`. */
async function makePolls(db: Database, { kind, options, privacy = 'hidden', ballot }: Contest) {
  const least = kind === 'answers' ? options : 1
  const limits = kind === 'single' ? [1, 1] : [least, options]
  const more = [kind === 'ranked' ? 'irv' : null, kind === 'dots' ? BUDGET : null, privacy]
  const made: string[] = []
  for (let n = 0; n < POLLS; n++) {
    const slug = `bench-${randomBytes(9).toString('hex')}`
    const row = [1, slug, 'Which of these?', 'which of these?', 'members', 1, kind, ...limits, ...more]
    const { insertId } = await db.execute(
      `INSERT INTO question (user_id, slug, question_text, search_text, audience, listed, kind, min_choices,
         max_choices, count_method, budget, privacy) VALUES ?`,
      [[row]]
    )
    const choices = Array.from({ length: options }, (_, index) => [
      insertId,
      index + 1,
      `Option ${index + 1}`
    ])
    await db.execute('INSERT INTO choice (question_id, position, choice_text) VALUES ?', [choices])
    if (privacy === 'anonymous') await db.transaction(tx => createPollKey(tx, insertId))
    const sql = 'SELECT id FROM choice WHERE question_id = ? ORDER BY position'
    const ids = await db.select<{ id: number }>(sql, [insertId])
    made.push(`${insertId}:${ballot(ids.map(({ id }) => id))}`)
  }
  return made
}

/**
 * Measures the kinds in turns. A vote of any kind reaches at least 0.7 of the votes per second of
 * one choice.
 */
export async function kinds(
  db: Database,
  places: Places,
  pids: { database: number; redis: number },
  voters: string,
  rounds: number,
  seconds: number
): Promise<Summary> {
  const contestant = await vote(places, 'vote x4', 4)
  const measured = new Map<string, Measured[]>(contests.map(({ name }) => [name, []]))
  try {
    for (let n = 0; n <= rounds; n++) {
      for (const contest of contests) {
        const target = (await makePolls(db, contest)).join(',')
        const result = await measure(contestant, pids, {
          what: 'hot',
          target,
          connections: 64,
          seconds,
          voters
        })
        if (result.refused > 0) throw new Error(`${contest.name}: ${result.refused} votes were refused`)
        if (n > 0) measured.get(contest.name)!.push(result) // the first round is the warm-up
      }
    }
  } finally {
    await stop(contestant)
  }
  const medians = new Map([...measured].map(([name, list]) => [name, median(list)]))
  const single = medians.get('single')!
  return {
    name: 'kinds: durable votes, one hot poll, 64 connections',
    measured: Object.fromEntries(medians),
    bars: [...medians]
      .slice(1)
      .map(([name, { rate }]) => barOf(`${name} against single`, rate / single.rate, MIN_RATIO, 0.9))
  }
}
