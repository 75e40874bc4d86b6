/** Compares lists and search among 300,000 closed polls with those among 300. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Database } from '../app/db/database.ts'
import { searchForm } from '../app/values/text.ts'
import { type Contestant, stop, usage } from './contestants.ts'
import { latencies, type Measured } from './load.ts'
import { send } from './streams.ts'
import { barOf, type Summary } from './table.ts'

const FEW = 300
const MANY = 300_000
const CHUNK = 1_000
const REQUESTS = 100
/** A list among many polls takes at most twice as long as among few. */
const MIN_RATIO = 0.5
const MAX_SEARCH_MS = 50
const MAX_BLOCKED_MS = 20

/** Creates listed polls that were closed by hand. */
async function makeClosedPolls(db: Database, count: number) {
  for (let from = 0; from < count; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, count - from) }, (_, n) => {
      const text = `Which of the rooms on floor ${from + n} do you like best for our weekly meeting?`
      return [
        1,
        `closed-${randomBytes(9).toString('hex')}`,
        text,
        'members',
        1,
        '2026-01-01 00:00:00',
        searchForm(text)
      ]
    })
    await db.execute(
      'INSERT INTO question (user_id, slug, question_text, audience, listed, closed_time, search_text) VALUES ?',
      [rows]
    )
  }
}

/** Sends requests one after the other. */
async function timesOf(
  { addresses, processes }: Contestant,
  path: string,
  cookie: string
): Promise<Measured> {
  const pids = processes.map(child => child.pid!)
  const before = usage(pids).cpu
  const startedAt = performance.now()
  const answers = []
  for (let n = 0; n < REQUESTS; n++) {
    const headers = { cookie, accept: 'text/html' }
    answers.push(await send(`http://${addresses[0]}${path}`, { headers }))
  }
  const seconds = (performance.now() - startedAt) / 1000
  const spent = usage(pids)
  const { p50, p99 } = latencies(answers.map(({ milliseconds }) => milliseconds))
  const accepted = answers.filter(({ status }) => status === 200).length
  return {
    rate: REQUESTS / seconds,
    p50,
    p99,
    accepted,
    refused: REQUESTS - accepted,
    broken: 0,
    cpu: { app: ((spent.cpu - before) * 1e6) / REQUESTS, database: 0, redis: 0 },
    memory: spent.memory
  }
}

/** Returns the longest response time of `/hello` while searches run, in milliseconds. */
async function blockedBy(contestant: Contestant, path: string, cookie: string): Promise<number> {
  const searching = new AbortController()
  const hello = async () => {
    let longest = 0
    while (!searching.signal.aborted) {
      const { milliseconds } = await send(`http://${contestant.addresses[0]}/hello`, {})
      longest = Math.max(longest, milliseconds)
    }
    return longest
  }
  const longest = hello()
  await timesOf(contestant, path, cookie)
  searching.abort()
  return longest
}

const PATHS = { home: '/', list: '/questions', 'a search without a hit': '/questions?q=unfindable' }

/** Measures lists with few polls, and with many. `voters`: the file with the Cookie headers. */
export async function lists(
  name: string,
  db: Database,
  voters: string,
  start: () => Promise<Contestant>
): Promise<Summary> {
  const cookie = readFileSync(voters, 'utf8').split('\n', 1)[0]!.replace('Cookie: ', '')
  await makeClosedPolls(db, FEW)
  const contestant = await start()
  try {
    const measureAll = async () => {
      const found = new Map<string, Measured>()
      for (const [what, path] of Object.entries(PATHS)) {
        await timesOf(contestant, path, cookie) // warm-up
        found.set(what, await timesOf(contestant, path, cookie))
      }
      return found
    }
    const few = await measureAll()
    await makeClosedPolls(db, MANY - FEW)
    const many = await measureAll()
    const blockedMs = await blockedBy(contestant, PATHS['a search without a hit'], cookie)
    const search = many.get('a search without a hit')!
    const label = (count: number) => count.toLocaleString('en')
    return {
      name: `lists of ${label(MANY)} closed polls, ${name}`,
      measured: Object.fromEntries(
        [...few].flatMap(([what, measured]) => [
          [`${what}, ${label(FEW)}`, measured],
          [`${what}, ${label(MANY)}`, many.get(what)!]
        ])
      ),
      bars: [
        ...['home', 'list'].map(what =>
          barOf(
            `${what} against ${label(FEW)} polls`,
            few.get(what)!.p50 / many.get(what)!.p50,
            MIN_RATIO,
            0.9
          )
        ),
        barOf(`a search below ${MAX_SEARCH_MS} ms`, MAX_SEARCH_MS / search.p50, 1, 2),
        barOf(`other requests wait less than ${MAX_BLOCKED_MS} ms`, MAX_BLOCKED_MS / blockedMs, 1, 2)
      ]
    }
  } finally {
    await stop(contestant)
  }
}
