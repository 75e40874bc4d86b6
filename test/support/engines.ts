/** The engines of a suite: embedded, MariaDB + Redis, and MySQL if TEST_MYSQL is its socket. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import mysql from 'mysql2/promise'
import { atEnd } from './at-end.ts'
import { note } from './secrets.ts'
import { startRedis } from '../../app/ops/servers.ts'

/** A configuration like that of a YAML file, with secrets. */
export type Tree = Record<string, Record<string, unknown> | null>

export interface Engine {
  name: string
  /** Returns a configuration with a new, empty database, which is dropped when the test ends. */
  config(t: TestContext): Promise<Tree>
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

export const embedded: Engine = {
  name: 'embedded',
  async config(t) {
    return {
      ...quiet,
      ...raisedLimits,
      database: { engine: 'sqlite', file: join(scratch(t), 'vote.db'), sampleData: true },
      session: { secret }
    }
  }
}

let redis: ReturnType<typeof startRedis> | undefined

/** Starts the Redis of this process. Test files that run in parallel use different ones. */
export const redisSocket = async () => (await (redis ??= startRedis())).socketPath

after(async () => (await redis)?.stop())

let databases = 0

/** Creates the engine of the MySQL or MariaDB server with this socket. */
function onSocket(name: string, socketPath: string): Engine {
  return {
    name,
    async config(t) {
      const database = `vote_${process.pid}_${++databases}`
      const admin = await mysql.createConnection({ socketPath, user: 'root' })
      await admin.query(`CREATE DATABASE ${database}`)
      atEnd(t, async () => {
        await admin.query(`DROP DATABASE ${database}`)
        await admin.end()
      })
      return {
        ...quiet,
        ...raisedLimits,
        database: { engine: 'mysql', socketPath, user: 'root', database, sampleData: true },
        redis: { socketPath: await redisSocket() },
        session: { secret }
      }
    }
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
