/** The engines of a suite: embedded, MariaDB + Redis, and MySQL if TEST_MYSQL is its socket. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { checkConfig } from '../../app/config/load.ts'
import { migrate } from '../../app/db/migrations/migrate.ts'
import { openDatabase } from '../../app/db/open.ts'
import { atEnd } from './at-end.ts'
import { note } from './secrets.ts'
import { startRedis } from '../../app/ops/servers.ts'

/** A configuration like that of a YAML file, with secrets. */
export type Tree = Record<string, Record<string, unknown> | null>

export interface Engine {
  name: string
  /** Returns a configuration with a new, empty database, which is dropped when the test ends. */
  config(t: TestContext): Promise<Tree>
  /**
   * Like `config`, with a database that has the schema and the sample polls: a copy takes a third
   * of the time of the migrations.
   */
  filled(t: TestContext): Promise<Tree>
}

export const secret = 'Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p'
note('secret', secret)
const quiet = { log: { level: 'warn' } }
/** Raised, because all tests use one address. test/models/limits/ tests the defaults. */
const raisedLimits = {
  limits: {
    wrongPasswords: { most: 1e6 },
    wrongPasswordsOfAddress: { most: 1e6 },
    wrongTokens: { most: 1e6 },
    wrongCodes: { most: 1e6 },
    registrations: { most: 1e6 },
    accountChanges: { most: 1e6 },
    polls: { most: 1e6 },
    guestPolls: { most: 1e6 },
    pollForms: { most: 1e6 },
    reports: { most: 1e6 },
    votes: { most: 1e6 }
  }
}

/** Creates a folder that is deleted when the test ends. */
export function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'vote-test-'))
  atEnd(t, () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Creates the schema and the sample polls in the database of this configuration. */
async function fill(tree: Tree) {
  const { database } = checkConfig(tree)
  const db = openDatabase(database)
  await migrate(db, database)
  await db.close()
}

const inFile = (file: string): Tree => ({
  ...quiet,
  ...raisedLimits,
  database: { engine: 'sqlite', file, sampleData: true },
  session: { secret }
})

let filledFile: Promise<string> | undefined

/** Creates the file that `filled` copies. */
async function createFilledFile() {
  const file = join(mkdtempSync(join(tmpdir(), 'vote-filled-')), 'vote.db')
  await fill(inFile(file))
  return file
}

after(async () => {
  if (filledFile) rmSync(dirname(await filledFile), { recursive: true, force: true })
})

export const embedded: Engine = {
  name: 'embedded',
  config: async t => inFile(join(scratch(t), 'vote.db')),
  async filled(t) {
    const file = join(scratch(t), 'vote.db')
    copyFileSync(await (filledFile ??= createFilledFile()), file)
    return inFile(file)
  }
}

let redis: ReturnType<typeof startRedis> | undefined

/** Starts the Redis of this process. Test files that run in parallel use different ones. */
export const redisSocket = async () => (await (redis ??= startRedis())).socketPath

after(async () => (await redis)?.stop())

let databases = 0

/** Returns statements that create the tables of a database in another one, with their rows. */
async function copyOf(admin: Connection, database: string): Promise<string> {
  const [tables] = await admin.query<RowDataPacket[]>(`SHOW TABLES FROM ${database}`)
  const statements = ['SET foreign_key_checks = 0']
  for (const table of tables.map(row => Object.values(row)[0] as string)) {
    const [[definition]] = await admin.query<RowDataPacket[]>(`SHOW CREATE TABLE ${database}.${table}`)
    const rows = `INSERT INTO ${table} SELECT * FROM ${database}.${table}`
    statements.push(definition!['Create Table'] as string, rows)
  }
  return [...statements, 'SET foreign_key_checks = 1'].join(';')
}

/** Creates the engine of the MySQL or MariaDB server with this socket. */
function onSocket(name: string, socketPath: string): Engine {
  const connect = () => mysql.createConnection({ socketPath, user: 'root', multipleStatements: true })
  const treeOf = async (database: string): Promise<Tree> => ({
    ...quiet,
    ...raisedLimits,
    database: { engine: 'mysql', socketPath, user: 'root', database, sampleData: true },
    redis: { socketPath: await redisSocket() },
    session: { secret }
  })

  async function create(t: TestContext, copy = '') {
    const database = `vote_${process.pid}_${++databases}`
    const admin = await connect()
    await admin.query(`CREATE DATABASE ${database}; USE ${database}; ${copy}`)
    atEnd(t, async () => {
      await admin.query(`DROP DATABASE ${database}`)
      await admin.end()
    })
    return treeOf(database)
  }

  let copy: Promise<string> | undefined
  async function fillOnce() {
    const database = `vote_${process.pid}_filled`
    const admin = await connect()
    await admin.query(`CREATE DATABASE ${database}`)
    await fill(await treeOf(database))
    const statements = await copyOf(admin, database)
    await admin.end()
    return statements
  }

  return {
    name,
    config: t => create(t),
    filled: async t => create(t, await (copy ??= fillOnce()))
  }
}

export const mariadb = onSocket('MariaDB + Redis', process.env.TEST_MARIADB ?? '')

export const engines: Engine[] = [embedded, mariadb]
if (process.env.TEST_MYSQL) engines.push(onSocket('MySQL + Redis', process.env.TEST_MYSQL))

/** The engines with a database server and Redis, for several processes. */
export const shared = engines.filter(engine => engine !== embedded)

/** Defines the same test for every engine, or for some. */
export function onEngines(
  name: string,
  work: (t: TestContext, engine: Engine) => Promise<void>,
  some: readonly Engine[] = engines
) {
  for (const engine of some) test(`${name} (${engine.name})`, t => work(t, engine))
}
