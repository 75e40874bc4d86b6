/** YAML + overrides -> one frozen, typed Config. The only reader of process.env. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { getCountries } from 'libphonenumber-js/max'
import { parse } from 'yaml'
import { z } from 'zod'
import { ConfigError, overlay, put, read, readText, type Setting, type Tree } from './environment.ts'

export { ConfigError }

/** The folder of the program; relative paths of a configuration start here. */
export const root = resolve(import.meta.dirname, '../..')

const file = z
  .string()
  .min(1)
  .transform(path => resolve(root, path))
const port = z.int().min(0).max(65535)
const milliseconds = z.int().positive()
/** Only from the environment, and taken as it stands: `01234` is a password. */
const secret = z.string().min(1).nullable().default(null).meta({ secret: true })

const Sqlite = z.strictObject({
  engine: z.literal('sqlite'),
  file,
  migrate: z.boolean().default(true),
  sampleData: z.boolean().default(false)
})

/** A read-only copy of the database, with the same user and password. */
const Replica = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: port.default(3306),
  socketPath: z.string().nullable().default(null)
})

const Mysql = z.strictObject({
  engine: z.literal('mysql'),
  host: z.string().default('127.0.0.1'),
  port: port.default(3306),
  socketPath: z.string().nullable().default(null),
  user: z.string(),
  password: secret,
  database: z.string(),
  connectionLimit: z.int().positive().default(8),
  queueLimit: z.int().positive().default(1_000), // who waits longer than queryTimeout is told so anyhow
  // Every request is answered within two seconds; a server that is gone is noticed sooner (db/liveness.ts).
  connectTimeout: milliseconds.default(1_000),
  queryTimeout: milliseconds.default(1_500),
  startTimeout: milliseconds.default(60_000),
  replicas: z.array(Replica).default([]),
  replicaMaxLag: z.number().nonnegative().default(2), // seconds
  migrate: z.boolean().default(true),
  sampleData: z.boolean().default(false)
})

const Redis = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: port.default(6379),
  socketPath: z.string().nullable().default(null),
  password: secret,
  db: z.int().nonnegative().default(0)
})

/** So many within so many seconds, then 429 until they are over. */
const limit = (most: number, seconds: number) =>
  z
    .strictObject({
      most: z.int().positive().default(most),
      seconds: z.int().positive().max(86_400).default(seconds)
    })
    .prefault({})

/** Closing times are typed and shown in it. */
function isTimeZone(name: string) {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** These rules speak up beside other mistakes too, so what they look at may be missing. */
const always = () => true

const Schema = z
  .strictObject({
    server: z
      .strictObject({
        host: z.string().default('localhost'),
        port: port.default(9000),
        publicUrl: z
          .url({ protocol: /^https?$/ })
          .nullable()
          .default(null),
        trustedProxies: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).default([]),
        requestTimeout: milliseconds.default(15_000),
        // How long it serves on after SIGTERM, for what stands in front to notice; and as long again without new connections.
        drainDelay: z.int().min(0).max(3_000).default(0),
        timeZone: z.string().refine(isTimeZone, 'expected a time zone like Europe/Berlin').default('UTC')
      })
      .prefault({}),
    log: z
      .strictObject({
        level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
        pretty: z.boolean().default(false)
      })
      .prefault({}),
    database: z.discriminatedUnion('engine', [Sqlite, Mysql]),
    redis: Redis.nullable().default(null),
    session: z
      .strictObject({
        secret,
        previousSecret: secret,
        idleMinutes: z.number().positive().default(30),
        absoluteHours: z.number().positive().default(12)
      })
      .prefault({}),
    accounts: z
      .strictObject({
        homeRegion: z.enum(getCountries()).default('CN'),
        administrator: z.email().nullable().default(null)
      })
      .prefault({}),
    ballots: z
      .strictObject({
        batchLimit: z.int().min(1).max(500).default(500),
        transactions: z.int().min(1).max(8).default(1)
      })
      .prefault({}),
    // Live results: how many watch, of one process and of one address; how often it asks whether they still may.
    live: z
      .strictObject({
        streams: z.int().min(0).default(2_000),
        streamsPerAddress: z.int().min(0).default(100),
        heartbeat: milliseconds.default(15_000), // what stands in front cuts silent connections
        reread: milliseconds.default(10_000), // when nobody tells us of a change
        recheck: z.int().min(100).max(60_000).default(45_000)
      })
      .prefault({}),
    // Addresses are those of clients: behind a proxy only as true as server.trustedProxies.
    limits: z
      .strictObject({
        wrongPasswords: limit(10, 600), // for an account, wherever they come from
        wrongPasswordsOfAddress: limit(100, 600),
        registrations: limit(500, 3_600), // from an address: a lecture hall may share one
        polls: limit(100, 3_600), // by a user
        votes: limit(300, 60) // in a poll, from an address
      })
      .prefault({}),
    development: z
      .strictObject({ reloadTemplates: z.boolean().default(false), serverTiming: z.boolean().default(false) })
      .prefault({})
  })
  .refine(({ database, redis }) => database?.engine !== 'mysql' || redis, {
    path: ['redis'],
    error: 'needed beside a MySQL database: sessions live there',
    when: always
  })
  .refine(({ database, session }) => database?.engine !== 'mysql' || isStrong(session?.secret), {
    path: ['session', 'secret'],
    error: 'expected VOTE_SESSION_SECRET with at least 32 random characters, not an example',
    when: always
  })

/** 32 characters (256 bits of hex are 64, of base64 44), and not one somebody typed into a manual. */
function isStrong(secret: string | null | undefined) {
  if (!secret) return false
  return (
    secret.length >= 32 && new Set(secret).size >= 10 && !/change.?me|example|secret|password/i.test(secret)
  )
}

type Parsed = z.output<typeof Schema>
export type Config = Omit<Parsed, 'session'> & { session: Parsed['session'] & { secret: string } }

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  return value
}

/** The embedded mode's session secret: made at the first start, readable by the owner only. */
function keptSecret(database: string) {
  const path = resolve(dirname(database), 'session.secret')
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = readText(path, 'session.secret')
  if (secret.length >= 32) return secret
  throw new ConfigError(`✖ ${path} is damaged: remove it, and everybody signs in again`)
}

/** Checks a plain object: a Config, or ConfigError with every mistake, its path and what was expected. */
export function checkConfig(tree: unknown, problems: string[] = []): Config {
  const result = Schema.safeParse(tree)
  if (!result.success) problems = [...problems, z.prettifyError(result.error)]
  if (!result.success || problems.length > 0) throw new ConfigError(problems.join('\n'))
  const { session, ...rest } = result.data
  const database = rest.database
  const secret = session.secret ?? (database.engine === 'sqlite' ? keptSecret(database.file) : '')
  return freeze({ ...rest, session: { ...session, secret } })
}

/** Reads a YAML file and lays the environment, then the command line over it. Throws ConfigError. */
export function loadConfig(
  path: string,
  flags: { host?: string | undefined; port?: string | undefined } = {},
  environment: NodeJS.ProcessEnv = process.env
): Config {
  let tree: unknown
  try {
    tree = parse(readText(resolve(path), 'configuration')) ?? {}
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError(`✖ ${path} is not YAML: ${(error as Error).message.split('\n')[0]}`)
  }
  if (typeof tree !== 'object' || Array.isArray(tree)) throw new ConfigError(`✖ ${path} holds no settings`)
  const problems = overlay(
    tree as Tree,
    environment,
    z.toJSONSchema(Schema, { io: 'input', unrepresentable: 'any' }) as Setting
  )
  if (flags.host !== undefined) put(tree as Tree, ['server', 'host'], flags.host)
  if (flags.port !== undefined) put(tree as Tree, ['server', 'port'], read('yaml', flags.port, '--port'))
  return checkConfig(tree, problems)
}
