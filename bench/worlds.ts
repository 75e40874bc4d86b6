/** Prepares the databases of the contestants: questions, and voters with sessions. */
import { execFileSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { checkConfig } from '../app/config/load.ts'
import type { Database } from '../app/db/database.ts'
import { migrate } from '../app/db/migrations/migrate.ts'
import { openDatabase } from '../app/db/open.ts'
import { createDatabaseSessions } from '../app/models/accounts/database-sessions.ts'
import { createRedisSessions } from '../app/models/accounts/redis-sessions.ts'
import { audit } from '../app/models/polls/audit.ts'
import { commandOf, type Places, redisDatabases, secret } from './contestants.ts'
import {
  connectRedis,
  DAY_MS,
  makeHeaderVoters,
  makePeerQuestions,
  makePeers,
  makeQuestions,
  makeTokens,
  makeVoters
} from './data.ts'

export interface World {
  db: Database
  /** A file with one header line per voter. */
  voters: string
  /** The same for voters with tokens. */
  tokens?: string
  /** Creates questions; returns each as `question:choice`. */
  makeQuestions(count: number): Promise<string[]>
  /** Throws if a counter differs from its rows. */
  audit(): Promise<void>
}

/**
 * More than the votes of a round, because a voter votes once in a poll. More would fill the CPU
 * caches.
 */
const VOTERS = 80_000
/** The benchmark's data is created by large statements. */
const queryTimeoutMs = 60_000

async function createDatabase({ mariadb }: Places, name: string) {
  const admin = await mysql.createConnection({
    socketPath: mariadb,
    user: 'root',
    multipleStatements: true
  })
  await admin.query(`CREATE DATABASE ${name}`)
  return admin
}

/** Returns the settings of a database of the benchmark's MariaDB. */
const settingsOf = ({ mariadb }: Places, name: string) =>
  checkConfig({
    database: {
      engine: 'mysql',
      user: 'root',
      database: name,
      socketPath: mariadb,
      sampleData: true,
      queryTimeout: queryTimeoutMs
    },
    redis: {},
    session: { secret }
  }).database

async function checkCounters(db: Database) {
  const differences = await audit(db)
  if (differences.length > 0) throw new Error(`counters differ: ${JSON.stringify(differences)}`)
}

/**
 * Fills the search columns of the rows that `work` inserts: a starting replica would fill them one
 * by one.
 */
async function makeSearchable<T>(db: Database, work: () => Promise<T>): Promise<T> {
  const made = await work()
  await db.execute('UPDATE user SET search_text = email WHERE search_text IS NULL')
  await db.execute('UPDATE question SET search_text = question_text WHERE search_text IS NULL')
  return made
}

/** Opens the database of `vote` and `naive`. */
async function openMain(places: Places): Promise<World> {
  await (await createDatabase(places, 'vote')).end()
  const settings = settingsOf(places, 'vote')
  const db = openDatabase(settings)
  await migrate(db, settings)
  const clients = [redisDatabases.vote, redisDatabases.naive].map(number =>
    connectRedis(places.redis, number)
  )
  const stores = clients.map(client => createRedisSessions(client, DAY_MS, DAY_MS))
  const voters = await makeSearchable(db, () =>
    makeVoters(db, stores, VOTERS, join(places.folder, 'voters.txt'))
  )
  for (const client of clients) client.disconnect()
  return {
    db,
    voters,
    tokens: await makeTokens(db, join(places.folder, 'tokens.txt')),
    makeQuestions: count => makeSearchable(db, () => makeQuestions(db, count)),
    audit: () => checkCounters(db)
  }
}

async function openEmbedded({ folder }: Places): Promise<World> {
  const { database } = checkConfig({
    database: { engine: 'sqlite', file: join(folder, 'embedded/vote.db'), sampleData: true }
  })
  const db = openDatabase(database)
  await migrate(db, database)
  const stores = [createDatabaseSessions(db, DAY_MS)]
  return {
    db,
    voters: await makeSearchable(db, () =>
      makeVoters(db, stores, VOTERS, join(folder, 'embedded-voters.txt'))
    ),
    makeQuestions: count => makeSearchable(db, () => makeQuestions(db, count)),
    audit: () => checkCounters(db)
  }
}

/** Opens the database of the peers. Their counters are not checked. */
async function openPeers(places: Places): Promise<World> {
  const admin = await createDatabase(places, 'peers')
  await admin.changeUser({ database: 'peers' })
  await makePeers(admin)
  await admin.end()
  const db = openDatabase(settingsOf(places, 'peers'))
  await makePeerQuestions(db, 1)
  return {
    db,
    voters: makeHeaderVoters(VOTERS, join(places.folder, 'header-voters.txt')),
    makeQuestions: count => makePeerQuestions(db, count),
    audit: async () => {}
  }
}

/**
 * Opens the database of another checkout, which its own commands create and audit. Its own code
 * writes the sessions; the file is found by name because versions differ in layout.
 */
async function openOther(places: Places, checkout: string): Promise<World> {
  await (await createDatabase(places, 'other')).end()
  const run = (name: string) => {
    const { command, args, env } = commandOf(places, { checkout, database: 'other', redis: 'other' }, [name])
    // A recount exceeds the default time limit of statements.
    const longer = { VOTE_DATABASE_QUERY_TIMEOUT: '60000' }
    execFileSync(command, args, {
      env: { ...process.env, ...env, ...longer },
      stdio: ['ignore', 'ignore', 'inherit']
    })
  }
  run('migrate')
  const db = openDatabase(settingsOf(places, 'other'))
  const [file] = globSync('app/models/**/{redis-sessions,sessions}.ts', { cwd: checkout }).toSorted()
  if (file === undefined) throw new Error(`${checkout} has no file of its sessions in app/models`)
  const theirs = (await import(join(checkout, file))) as { createRedisSessions: typeof createRedisSessions }
  const client = connectRedis(places.redis, redisDatabases.other)
  const stores = [theirs.createRedisSessions(client, DAY_MS, DAY_MS)]
  const voters = await makeVoters(db, stores, VOTERS, join(places.folder, 'other-voters.txt'))
  client.disconnect()
  return { db, voters, makeQuestions: count => makeQuestions(db, count), audit: async () => run('audit') }
}

/**
 * Opens each database when the first contestant needs it. `checkout` is the folder of `other x4`.
 */
export function createWorlds(places: Places, checkout: string) {
  const worlds = new Map<string, Promise<World>>()
  const openers: Record<string, () => Promise<World>> = {
    main: () => openMain(places),
    embedded: () => openEmbedded(places),
    peers: () => openPeers(places),
    other: () => openOther(places, checkout)
  }
  const get = (key: string) => {
    const world = worlds.get(key) ?? openers[key]!()
    worlds.set(key, world)
    return world
  }
  const keyOf = (contestant: string) => {
    if (/^(aiohttp|Django)/.test(contestant)) return 'peers'
    return /^(embedded|other)/.exec(contestant)?.[0] ?? 'main'
  }
  return {
    /** Returns the world of `vote`. */
    main: () => get('main'),
    /** Returns the world of a contestant. */
    of: (contestant: string) => get(keyOf(contestant)),
    async close() {
      for (const world of worlds.values()) await (await world).db.close()
    }
  }
}

export type Worlds = ReturnType<typeof createWorlds>
