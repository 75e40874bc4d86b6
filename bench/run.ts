/**
 * `npm run bench`: runs all comparisons. Contestants take turns; the result is the median round.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installOrExit } from '../app/ops/install.ts'
import { startMariadb, startRedis } from '../app/ops/servers.ts'
import { drawChart } from './chart.ts'
import * as contestants from './contestants.ts'
import { galera } from './galera.ts'
import { growth } from './growth.ts'
import { kinds } from './kinds.ts'
import { lists } from './lists.ts'
import { type Measured, measure } from './load.ts'
import { type OTHER_ROWS, readOptions } from './options.ts'
import { benchPackages, checkoutPackages } from './packages.ts'
import { rankings } from './rankings.ts'
import { room } from './room.ts'
import { BY_TOKEN, type Row } from './rows.ts'
import { signIn } from './sign-in.ts'
import { streams } from './streams.ts'
import { median, printRow, type Summary, summarize } from './table.ts'
import { webhooks } from './webhooks.ts'
import { createWorlds } from './worlds.ts'

const options = readOptions(process.argv.slice(2))
const { checkout, rounds, seconds } = options
/** Seconds of warm-up of a contestant that has run in an earlier row. */
const SHORT_WARM_UP = 10

await installOrExit(checkout === undefined ? benchPackages : checkoutPackages)
if (checkout !== undefined)
  execFileSync('npm', ['run', '--silent', 'setup'], { cwd: checkout, stdio: 'inherit' })
const servers = { mariadb: await startMariadb(), redis: await startRedis() }
// Servers outlive a benchmark that is interrupted, unless it ends them.
process.setMaxListeners(0)
process.once('exit', () => Object.values(servers).map(server => server.process.kill()))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
const places = {
  mariadb: servers.mariadb.socketPath,
  redis: servers.redis.socketPath,
  folder: servers.mariadb.folder
}
const pids = { database: servers.mariadb.process.pid!, redis: servers.redis.process.pid! }
const running = new Map<string, contestants.Contestant>()
const worlds = createWorlds(places, checkout ?? '')

const starters: Record<string, () => Promise<contestants.Contestant>> = {
  'vote x4': () => contestants.vote(places, 'vote x4', 4),
  [BY_TOKEN]: () => contestants.vote(places, BY_TOKEN, 4),
  'other x4': () => contestants.other(places, checkout ?? ''),
  'naive x4': () => contestants.naive(places),
  embedded: () => contestants.embedded(places),
  'hello world x1': () => contestants.hello(1),
  'hello world x4': () => contestants.hello(4),
  'aiohttp x4': () => contestants.aiohttp(places),
  'Django x4': () => contestants.django(places)
}

const isPeer = (name: string) => /^(aiohttp|Django)/.test(name)

/** Returns the target of a round: a path, or new questions with their first choices. */
async function targetOf({ ground, path }: Row, name: string) {
  if (ground === 'none') return name.startsWith('hello') ? '/hello' : path!
  return (await (await worlds.of(name)).makeQuestions(ground === 'hot' ? 4 : 1000)).join(',')
}

/** Returns the file with the header of each voter. */
async function votersOf(name: string) {
  const { voters, tokens } = await worlds.of(name)
  return name === BY_TOKEN && tokens !== undefined ? tokens : voters
}

/** Runs one round of load on a contestant of the row. Returns the result and the target. */
async function round(row: Row, name: string) {
  const contestant = running.get(name)!
  const target = await targetOf(row, name)
  const needsVoters = row.ground !== 'none' || (row.signedIn && !isPeer(name))
  const load = {
    what: row.what,
    target,
    connections: row.connections,
    ...(needsVoters && { voters: await votersOf(name) })
  }
  return { target, result: await measure(contestant, pids, { ...load, seconds }) }
}

/**
 * Runs a measured round. Throws if a counter differs from its rows, or if an accepted vote is
 * missing. Votes in flight at the end of the round may be stored too, and those that were not
 * confirmed.
 */
async function checkedRound(row: Row, name: string): Promise<Measured> {
  const { target, result } = await round(row, name)
  if (row.ground === 'none' || isPeer(name)) return result
  const world = await worlds.of(name)
  await world.audit()
  const ids = target.split(',').map(option => Number(option.split(':')[0]))
  const counted = await world.db.fetchone<{ n: number }>(
    'SELECT COUNT(*) AS n FROM vote WHERE question_id IN (?)',
    [ids]
  )
  const { accepted, refused, broken } = result
  const extra = counted!.n - accepted
  if (extra < 0 || extra > row.connections + refused + broken)
    throw new Error(`${name}: accepted ${accepted}, counted ${counted!.n}`)
  return result
}

async function compare(row: Row): Promise<Summary> {
  const cold = row.contestants.filter(name => !running.has(name))
  for (const name of cold) {
    if (!name.startsWith('hello')) await worlds.of(name)
    running.set(name, await starters[name]!())
  }
  // Contestants take turns here too: one that idles while the others warm up becomes cold again.
  for (let left = options.warmUp; left > 0; left -= seconds) {
    const names = left > SHORT_WARM_UP ? cold : row.contestants
    for (const name of names) await round(row, name)
  }
  const measured = new Map<string, Measured[]>(row.contestants.map(name => [name, []]))
  for (let n = 0; n < rounds; n++) {
    for (const name of row.contestants) measured.get(name)!.push(await checkedRound(row, name))
  }
  return summarize(row, new Map([...measured].map(([name, list]) => [name, median(list)])))
}

async function stopAll() {
  await Promise.all([...running.values()].map(contestants.stop))
  running.clear()
}

/** The comparisons that start their own processes. */
const others: Record<(typeof OTHER_ROWS)[number], () => Promise<Summary>> = {
  streams: async () => {
    const { db, voters } = await worlds.main()
    return streams(db, places, voters, seconds)
  },
  room: async () => room(places, (await worlds.main()).voters),
  'sign-in': async () => {
    await worlds.main()
    return signIn(places)
  },
  growth: async () => {
    const { db, voters } = await worlds.main()
    return growth(db, places, pids, voters, rounds, seconds)
  },
  webhooks: async () => {
    const { db, voters } = await worlds.main()
    return webhooks(db, places, pids, voters, rounds, seconds)
  },
  kinds: async () => {
    const { db, voters } = await worlds.main()
    return kinds(db, places, pids, voters, rounds, seconds)
  },
  rankings: () => rankings(places.folder),
  'lists embedded': async () => {
    const { db, voters } = await worlds.of('embedded')
    return lists('embedded', db, voters, () => contestants.embedded(places))
  },
  'lists MariaDB': async () => {
    const { db, voters } = await worlds.main()
    return lists('MariaDB', db, voters, () => contestants.vote(places, 'vote x1', 1))
  },
  galera: async () => {
    const { db, voters } = await worlds.main()
    return galera({ db, voters, pids }, places, rounds, seconds, options.warmUp)
  }
}

/** Runs the rows that `--only` selects. Returns whether every ratio reaches its minimum. */
async function main() {
  const summaries: Summary[] = []
  const add = (summary: Summary) => {
    summaries.push(summary)
    printRow(summary)
  }
  try {
    for (const row of options.rows) add(await compare(row))
    await stopAll()
    for (const name of options.others) add(await others[name]())
    if (options.isWhole && checkout === undefined) {
      writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(summaries, null, 2)}\n`)
      writeFileSync(join(import.meta.dirname, 'chart.svg'), drawChart(summaries))
    }
  } finally {
    await stopAll()
    await worlds.close()
  }
  return summaries.every(({ bars }) => bars.every(({ holds }) => holds))
}

let code = 1
try {
  code = (await main()) ? 0 : 1
} finally {
  await Promise.all([servers.mariadb.stop(), servers.redis.stop()])
}
process.exit(code)
