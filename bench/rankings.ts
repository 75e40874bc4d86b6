/**
 * Measures the result of a ranked poll with 5,000 different rankings: how fast it is, and how long
 * it blocks the event loop.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { buildApp } from '../app/app.ts'
import { checkConfig } from '../app/config/load.ts'
import type { Database } from '../app/db/database.ts'
import { replicaEnvironment } from '../app/ops/stack-folder.ts'
import { COUNT_METHODS } from '../app/values/kinds.ts'
import { secret } from './contestants.ts'
import type { Measured } from './load.ts'
import { barOf, type Summary } from './table.ts'

const BALLOTS = 100_000
const RANKINGS = 5_000
const OPTIONS = 20
const RANKS = 10
const READS = 500
const MAX_ANSWER_MS = 50
const MAX_BLOCKED_MS = 20

/** Ranks 10 of 20 options in the nth of 5,000 different ways. */
function rankingOf(n: number, ids: readonly number[]): string {
  const left = [...ids]
  let rest = n * 7_919 + 1
  const ranked = Array.from({ length: RANKS }, () => {
    const [id] = left.splice(rest % left.length, 1)
    rest = Math.floor(rest / 3) + n
    return id
  })
  return ranked.map(id => `>${id}`).join('')
}

/** Stores a ranked poll with its counters; its ballots are not read. Returns its slug. */
async function makePoll(db: Database, method: string): Promise<string> {
  const slug = `bench-ranked-${method}`
  const row = [1, slug, 'Rank these', 'rank these', 1, 'ranked', method, 1, RANKS, BALLOTS, 1]
  const { insertId } = await db.execute(
    `INSERT INTO question (user_id, slug, question_text, search_text, listed, kind, count_method, min_choices,
       max_choices, voters, tally_version) VALUES ?`,
    [[row]]
  )
  const choices = Array.from({ length: OPTIONS }, (_, n) => [insertId, n + 1, `Option ${n + 1}`])
  await db.execute('INSERT INTO choice (question_id, position, choice_text) VALUES ?', [choices])
  const sql = 'SELECT id FROM choice WHERE question_id = ? ORDER BY position'
  const ids = (await db.select<{ id: number }>(sql, [insertId])).map(({ id }) => id)
  const items = new Set<string>()
  for (let n = 0; items.size < RANKINGS; n++) items.add(rankingOf(n, ids))
  const rows = [...items].map(item => [insertId, item, BALLOTS / RANKINGS])
  await db.execute('INSERT INTO tally (question_id, item, votes) VALUES ?', [rows])
  return slug
}

/**
 * Counts the result once and reads it often, while the delay of the event loop is watched.
 * Milliseconds.
 */
async function read(get: () => Promise<{ statusCode: number }>) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const times: number[] = []
  for (let n = 0; n <= READS; n++) {
    const started = performance.now()
    const { statusCode } = await get()
    times.push(performance.now() - started)
    if (statusCode !== 200) throw new Error(`the result was answered with ${statusCode}`)
    await new Promise(setImmediate)
  }
  delay.disable()
  const [first = 0, ...cached] = times
  const sorted = cached.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]!
  return { first, p50: at(0.5), p99: at(0.99), slowest: sorted.at(-1)!, blocked: delay.max / 1e6 }
}

async function measureRankings(folder: string): Promise<Summary> {
  const file = join(folder, 'rankings/vote.db')
  const config = checkConfig({
    log: { level: 'error' },
    database: { engine: 'sqlite', file, sampleData: true },
    session: { secret }
  })
  const app = await buildApp(config)
  const measured: Record<string, Measured> = {}
  const bars: Summary['bars'] = []
  const bar = (name: string, milliseconds: number, most: number) =>
    bars.push(barOf(`${name}: ${milliseconds.toFixed(1)} of ${most} ms`, most / milliseconds, 1, 2))
  try {
    await app.ready()
    for (const method of COUNT_METHODS) {
      const slug = await makePoll(app.db, method)
      const headers = { accept: 'application/json' }
      const warm = () => app.inject({ url: '/questions/1/results', headers })
      for (let n = 0; n < READS; n++) await warm()
      const got = await read(() => app.inject({ url: `/questions/${slug}/results`, headers }))
      bar(`${method}, slowest answer from the cache`, got.slowest, MAX_ANSWER_MS)
      bar(`${method}, longest block of the event loop, the first count included`, got.blocked, MAX_BLOCKED_MS)
      measured[`${method}, counted once in ${Math.round(got.first)} ms`] = {
        rate: 1_000 / got.p50,
        p50: got.p50,
        p99: got.p99,
        accepted: READS,
        refused: 0,
        broken: 0,
        cpu: { app: 0, database: 0, redis: 0 },
        memory: process.memoryUsage.rss() / 1e6
      }
    }
  } finally {
    await app.close()
  }
  return { name: `rankings: the result of ${BALLOTS} ballots, ${RANKINGS} of them different`, measured, bars }
}

/**
 * Measures in a process of its own, with the settings of a replica: they bound the pauses of the
 * garbage collector.
 */
export async function rankings(folder: string): Promise<Summary> {
  const { V8_FLAGS, ...settings } = replicaEnvironment
  const execArgv = V8_FLAGS!.split(' ')
  const child = fork(import.meta.filename, [folder], { execArgv, env: { ...process.env, ...settings } })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the count of rankings ended with ${code}`)
  })
  const [summary] = (await Promise.race([once(child, 'message'), ended])) as [Summary]
  return summary
}

if (import.meta.main) {
  const summary = await measureRankings(process.argv[2]!)
  process.send!(summary, () => process.disconnect())
}
