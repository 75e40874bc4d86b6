/** The engines that a suite runs on: embedded, MariaDB + Redis, and MySQL where TEST_MYSQL names its socket. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import mysql from 'mysql2/promise'
import { note } from './secrets.ts'
import { startRedis } from '../../app/ops/servers.ts'

/** A configuration as it stands in a YAML file, secrets included. */
export type Tree = Record<string, Record<string, unknown> | null>

export interface Engine {
  name: string
  /** A configuration over an empty database of its own, dropped when the test ends. */
  config(t: TestContext): Promise<Tree>
}

export const secret = 'Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p'
note('secret', secret)
const quiet = { log: { level: 'warn' } }
/** All tests come from one address, and those with Redis share its counts. test/models/limits.test.ts has the defaults. */
const generous = {
  limits: {
    wrongPasswords: { most: 1e6 },
    wrongPasswordsOfAddress: { most: 1e6 },
    registrations: { most: 1e6 },
    polls: { most: 1e6 },
    pollForms: { most: 1e6 },
    votes: { most: 1e6 }
  }
}

/** An empty folder that goes when the test ends. */
export function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'vote-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const embedded: Engine = {
  name: 'embedded',
  async config(t) {
    return {
      ...quiet,
      ...generous,
      database: { engine: 'sqlite', file: join(scratch(t), 'vote.db'), sampleData: true },
      session: { secret }
    }
  }
}

let redis: ReturnType<typeof startRedis> | undefined

/** Where the Redis of this process listens: files that run side by side do not hear each other. */
export const redisSocket = async () => (await (redis ??= startRedis())).socketPath

after(async () => (await redis)?.stop())

let databases = 0

/** A configuration over MySQL or MariaDB behind this socket. */
function onSocket(name: string, socketPath: string): Engine {
  return {
    name,
    async config(t) {
      const database = `vote_${process.pid}_${++databases}`
      const admin = await mysql.createConnection({ socketPath, user: 'root' })
      await admin.query(`CREATE DATABASE ${database}`)
      t.after(async () => {
        await admin.query(`DROP DATABASE ${database}`)
        await admin.end()
      })
      return {
        ...quiet,
        ...generous,
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

/** Those with a database server and Redis, which processes share. */
export const shared = engines.filter(engine => engine !== embedded)

/** The same test on every engine, or on some. */
export function onEngines(
  name: string,
  work: (t: TestContext, engine: Engine) => Promise<void>,
  some: readonly Engine[] = engines
) {
  for (const engine of some) test(`${name} (${engine.name})`, t => work(t, engine))
}
