/** `npm run bench`: every comparison interleaved in one run, as medians of rounds. Arguments: --rounds, --seconds, --only. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import mysql from 'mysql2/promise'
import { checkConfig } from '../app/config/load.ts'
import type { Database } from '../app/db/database.ts'
import { migrate } from '../app/db/migrations/migrate.ts'
import { openDatabase } from '../app/db/open.ts'
import { audit } from '../app/models/polls/audit.ts'
import { install } from '../app/ops/install.ts'
import { startMariadb, startRedis } from '../app/ops/servers.ts'
import { benchPackages } from './packages.ts'
import { drawChart } from './chart.ts'
import * as contestants from './contestants.ts'
import { makeHeaderVoters, makePeerQuestions, makePeers, makeQuestions, makeVoters } from './data.ts'
import { growth } from './growth.ts'
import { type Measured, measure } from './load.ts'
import { type Row, rows } from './rows.ts'
import { signIn } from './sign-in.ts'
import { streams } from './streams.ts'
import { median, printRow, type Summary, summarize } from './table.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' }
  }
})
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)]
/** Each votes once in a poll, and no round is so long that all have voted; more would fill the caches that what is measured needs. */
const voterCount = 80_000
/** Rounds that are not counted: V8 compiles for the first ninety seconds of such load (seen: after forty, a vote costs a seventh more). */
const [coldWarmUps, warmUps] = [18, 2]

await install(benchPackages)
const servers = { mariadb: await startMariadb(), redis: await startRedis() }
const places = {
  mariadb: servers.mariadb.socketPath,
  redis: servers.redis.socketPath,
  folder: servers.mariadb.folder
}
const pids = { database: servers.mariadb.process.pid!, redis: servers.redis.process.pid! }
const running = new Map<string, contestants.Contestant>()
const patient = 60_000 // milliseconds: the data is made in large statements

const starters: Record<string, () => Promise<contestants.Contestant>> = {
  'vote x4': () => contestants.vote(places, 'vote x4', 4),
  'naive x4': () =>
    contestants.vote(places, 'naive x4', 4, {
      VOTE_REDIS_DB: String(contestants.redisDatabases.naive),
      VOTE_BALLOTS_BATCH_LIMIT: '1',
      VOTE_BALLOTS_TRANSACTIONS: '8'
    }),
  embedded: () => contestants.embedded(places),
  'hello world x1': () => contestants.hello(1),
  'hello world x4': () => contestants.hello(4),
  'aiohttp x4': () => contestants.aiohttp(places),
  'Django x4': () => contestants.django(places)
}

async function openMain(): Promise<Database> {
  const admin = await mysql.createConnection({
    socketPath: places.mariadb,
    user: 'root',
    multipleStatements: true
  })
  await admin.query('CREATE DATABASE vote; CREATE DATABASE peers')
  await admin.changeUser({ database: 'peers' })
  await makePeers(admin)
  await admin.end()
  const { database } = checkConfig({
    database: {
      engine: 'mysql',
      user: 'root',
      database: 'vote',
      socketPath: places.mariadb,
      sampleData: true,
      queryTimeout: patient
    },
    redis: {},
    session: { secret: contestants.secret }
  })
  const db = openDatabase(database)
  await migrate(db, database)
  return db
}

async function openEmbedded(): Promise<Database> {
  const { database } = checkConfig({
    database: { engine: 'sqlite', file: join(places.folder, 'embedded/vote.db'), sampleData: true }
  })
  const db = openDatabase(database)
  await migrate(db, database)
  return db
}

const isPeer = (name: string) => name.startsWith('aiohttp') || name.startsWith('Django')

async function prepare() {
  console.log(`making ${voterCount.toLocaleString('en')} voters …`)
  const [main, embedded] = [await openMain(), await openEmbedded()]
  await makePeerQuestions(main, 1)
  const voters = {
    main: await makeVoters(main, places.redis, voterCount, places.folder),
    embedded: await makeVoters(embedded, null, voterCount, places.folder),
    header: makeHeaderVoters(voterCount, places.folder)
  }
  return { main, embedded, voters }
}

type World = Awaited<ReturnType<typeof prepare>>

/** Fresh questions for whoever is about to be measured. */
async function questionsFor({ main, embedded }: World, name: string, count: number): Promise<string> {
  if (isPeer(name)) return (await makePeerQuestions(main, count)).join(',')
  return (await makeQuestions(name === 'embedded' ? embedded : main, count)).join(',')
}

const votersOf = ({ voters }: World, name: string) =>
  isPeer(name) ? voters.header : name === 'embedded' ? voters.embedded : voters.main

/** A round of load on one of the row's contestants, and what it was aimed at. */
async function round(world: World, row: Row, name: string) {
  const contestant = running.get(name)!
  const target =
    row.ground === 'none'
      ? name.startsWith('hello')
        ? '/hello'
        : row.path!
      : await questionsFor(world, name, row.ground === 'hot' ? 4 : 1000)
  const needsVoters = row.ground !== 'none' || (row.signedIn && !isPeer(name))
  const load = {
    what: row.what,
    target,
    connections: row.connections,
    ...(needsVoters && { voters: votersOf(world, name) })
  }
  return { target, result: await measure(contestant, pids, { ...load, seconds }) }
}

/** The same for the figures. Rows = counters, and everything that was accepted is there; what was under way when the clock stopped may be too. */
async function checkedRound(world: World, row: Row, name: string): Promise<Measured> {
  const { target, result } = await round(world, row, name)
  if (row.ground === 'none' || isPeer(name)) return result
  const db = name === 'embedded' ? world.embedded : world.main
  const differences = await audit(db)
  const ids = target.split(',').map(option => Number(option.split(':')[0]))
  const counted = await db.fetchone<{ n: number }>(
    'SELECT COUNT(*) AS n FROM vote WHERE question_id IN (?)',
    [ids]
  )
  const { accepted } = result
  const extra = counted!.n - accepted
  if (differences.length > 0 || extra < 0 || extra > row.connections) {
    throw new Error(`accepted ${accepted}, counted ${counted!.n}, differences ${JSON.stringify(differences)}`)
  }
  return result
}

async function compare(world: World, row: Row): Promise<Summary> {
  const cold = row.contestants.filter(name => !running.has(name))
  for (const name of cold) running.set(name, await starters[name]!())
  // In turn, as the rounds that count: whoever idles for minutes while the others warm up is cold again.
  for (let left = coldWarmUps; left > 0; left--) {
    const names = left > warmUps ? cold : row.contestants
    for (const name of names) await round(world, row, name)
  }
  const measured = new Map<string, Measured[]>(row.contestants.map(name => [name, []]))
  for (let n = 0; n < rounds; n++) {
    for (const name of row.contestants) measured.get(name)!.push(await checkedRound(world, row, name))
  }
  return summarize(row, new Map([...measured].map(([name, list]) => [name, median(list)])))
}

async function stopAll() {
  await Promise.all([...running.values()].map(contestants.stop))
  running.clear()
}

async function main() {
  const world = await prepare()
  const summaries: Summary[] = []
  try {
    for (const row of rows.filter(({ name }) => name.includes(values.only))) {
      summaries.push(await compare(world, row))
      printRow(summaries.at(-1)!)
    }
    await stopAll()
    if ('streams'.includes(values.only)) {
      summaries.push(await streams(world.main, places, world.voters.main, seconds))
      printRow(summaries.at(-1)!)
    }
    if ('sign-in'.includes(values.only)) {
      summaries.push(await signIn(places))
      printRow(summaries.at(-1)!)
    }
    if ('growth'.includes(values.only)) {
      summaries.push(await growth(world.main, places, pids, world.voters.main, rounds, seconds))
      printRow(summaries.at(-1)!)
    }
    if (!values.only) {
      writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(summaries, null, 2)}\n`)
      writeFileSync(join(import.meta.dirname, 'chart.svg'), drawChart(summaries))
    }
  } finally {
    await stopAll()
    await Promise.all([world.main.close(), world.embedded.close()])
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
