/** Starts an application for a test, and creates clients with cookies. */
import { randomBytes } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { TestContext } from 'node:test'
import { Signer } from '@fastify/cookie'
import type { FastifyInstance, InjectOptions } from 'fastify'
import nunjucks from 'nunjucks'
import { pino } from 'pino'
import { type AppOptions, buildApp } from '../../app/app.ts'
import { checkConfig } from '../../app/config/load.ts'
import { createOutput } from '../../app/log.ts'
import { createDatabaseSessions } from '../../app/models/accounts/database-sessions.ts'
import { Passwords } from '../../app/models/accounts/passwords.ts'
import { createRedisSessions } from '../../app/models/accounts/redis-sessions.ts'
import type { User } from '../../app/models/accounts/user-row.ts'
import { describeAgent } from '../../app/values/user-agent.ts'
import { atEnd } from './at-end.ts'
import { type Engine, secret, type Tree } from './engines.ts'
import { recordAnswers } from './described.ts'
import { logWriter, note, noteConfig } from './secrets.ts'
import { noteUnmailed } from './unmailed.ts'

type Compile = (
  source: string,
  filters: unknown,
  extensions: unknown,
  name: string,
  options?: unknown
) => string
const { compiler } = nunjucks as unknown as { compiler: { compile: Compile } }
const { compile } = compiler
const compiled = new Map<string, string>()

// Each application compiles the templates that it renders. The program text of a template is the
// same in all of them: no application has filters or extensions.
compiler.compile = (source, filters, extensions, name, options) => {
  const key = `${name}\n${source}`
  const program = compiled.get(key) ?? compile(source, filters, extensions, name, options)
  compiled.set(key, program)
  return program
}

/** Builds the application with a new database and the sample polls. Closed when the test ends. */
export async function build(t: TestContext, engine: Engine, more: Tree = {}): Promise<FastifyInstance> {
  const { database } = more // settings of the database may change what is in it
  return start(t, { ...(await (database ? engine.config(t) : engine.filled(t))), ...more })
}

interface Options extends Pick<AppOptions, 'catalogues' | 'observer'> {
  /** Collects the lines of the log instead of printing them. */
  lines?: string[]
}

/**
 * Builds an application. Several may share a configuration. The test fails if a JSON answer is not
 * described by the OpenAPI document.
 */
export async function start(t: TestContext, tree: Tree, options?: Options): Promise<FastifyInstance> {
  const problems: string[] = []
  const observer = recordAnswers(problems)
  const app = await buildLogged(t.filePath ?? t.name, tree, { observer, ...options })
  atEnd(t, async () => {
    await app.close()
    if (problems.length > 0) throw new Error(problems.join('\n'))
  })
  return app
}

/**
 * Builds an application that the caller closes. If the logs are searched for secrets, the log file
 * of this name gets all levels. Printed lines and `lines` follow the configured level.
 */
export function buildLogged(name: string, tree: Tree, { lines, ...options }: Options = {}) {
  noteConfig(tree)
  const capture = logWriter(name)
  const config = checkConfig(tree)
  const stdout = createOutput()
  const shown = pino.levels.values[config.log.level] ?? Infinity
  const write = (line: string) => {
    capture?.(line)
    if (lines) lines.push(line)
    else if (Number(/"level":(\d+)/.exec(line)?.[1]) >= shown) stdout.write(line)
  }
  const level = capture && !lines ? 'trace' : config.log.level
  const verboseConfig = { ...config, log: { ...config.log, level } }
  return buildApp(verboseConfig, { ...options, logStream: { write } })
}

export const PASSWORD = 'correct horse battery staple'
let people = 0

type Body = Record<string, unknown>

/** Creates a client that keeps cookies. It can send forms and request pages like a browser. */
export function visitor(app: FastifyInstance, language = 'en') {
  const cookies = new Map<string, string>()
  async function send(options: InjectOptions) {
    const answer = await app.inject({
      ...options,
      cookies: { ...Object.fromEntries(cookies), ...options.cookies }
    })
    for (const { name, value } of answer.cookies) {
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const form = (fields: Body) => {
    const pairs = Object.entries(fields).flatMap(([key, value]) =>
      [value].flat().map(one => [key, String(one)])
    )
    return {
      payload: new URLSearchParams(pairs).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' }
    }
  }
  const json = { accept: 'application/json' }
  const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': language }
  return {
    cookies,
    send,
    /** Requests a page like a browser. */
    page: (url: string) => send({ url, headers: html }),
    /** Sends a form like a browser. */
    submit: (url: string, fields: Body) => {
      const { payload, headers } = form(fields)
      const browser = { ...html, 'sec-fetch-site': 'same-origin' }
      return send({ method: 'POST', url, payload, headers: { ...headers, ...browser } })
    },
    get: (url: string) => send({ url, headers: json }),
    post: (url: string, fields: Body = {}) => send({ method: 'POST', url, ...form(fields) }),
    put: (url: string, payload: Body) => send({ method: 'PUT', url, payload }),
    delete: (url: string) => send({ method: 'DELETE', url })
  }
}

export type Visitor = ReturnType<typeof visitor>

/** The scope of each application that keeps its sessions. */
const sessionScopes = new WeakMap<FastifyInstance, FastifyInstance>()

subscribe('fastify.initialization', message => {
  const { fastify: app } = message as { fastify: FastifyInstance }
  app.addHook('onRoute', function () {
    if (this.hasDecorator('sessions')) sessionScopes.set(app, this)
  })
})

/** Stores a session of an account, and returns a client with its cookie. */
async function signedIn(app: FastifyInstance, { id, session_epoch }: User, language?: string) {
  const scope = sessionScopes.get(app)!
  const sessionId = randomBytes(24).toString('base64url')
  note('sessionid cookie', sessionId)
  const data = { userId: id, epoch: session_epoch, since: Date.now(), agent: describeAgent() }
  await scope.sessions.set(sessionId, data)
  const client = visitor(app, language)
  client.cookies.set(scope.cookieName('sessionid'), scope.sessionSigner.sign(sessionId))
  return client
}

const passwords = new Passwords()
let passwordHash: Promise<string> | undefined

/**
 * Stores an account and a session, and returns the signed-in client: without the checks, limits and
 * adoption of `/register`, whose tests register by HTTP. PASSWORD is hashed once in a process.
 */
export async function member(
  app: FastifyInstance,
  language?: string
): Promise<Visitor & { email: string; id: number }> {
  await app.ready()
  const email = `member${++people}.${process.pid}@example.org`
  const hash = await (passwordHash ??= passwords.hash(PASSWORD))
  noteUnmailed('Ann')
  note('password', PASSWORD)
  const user = await app.users.create({ name: 'Ann', email, phone: null, hash })
  return { ...(await signedIn(app, user, language)), email, id: user.id }
}

/** Sessions that are created at once. A busy Redis stores this many within its time limit. */
const CHUNK_SIZE = 250

/**
 * Creates many signed-in voters without hashing a password for each. Every second account has
 * changed its password once. `key` signs the cookies.
 */
export async function members(app: FastifyInstance, count: number, key = secret) {
  const batch = ++people
  const rows = Array.from({ length: count }, (_, n) => [
    'Voter',
    `voter${n}.${batch}@example.org`,
    'unused',
    n % 2
  ])
  await app.db.execute('INSERT INTO user (name, email, password, session_epoch) VALUES ?', [rows])
  const where = 'SELECT id, session_epoch AS epoch FROM user WHERE email LIKE ? ORDER BY id'
  const users = await app.db.select<{ id: number; epoch: number }>(where, [`voter%.${batch}@example.org`])
  const sessions = app.redis
    ? createRedisSessions(app.redis, 600_000, 600_000)
    : createDatabaseSessions(app.db, 600_000)
  const signer = new Signer([key])
  const signIn = async ({ id: userId, epoch }: (typeof users)[number]) => {
    const id = randomBytes(18).toString('base64url')
    note('sessionid cookie', id)
    await sessions.set(id, { userId, since: Date.now(), epoch })
    const client = visitor(app)
    client.cookies.set('sessionid', signer.sign(id))
    return { ...client, id: userId }
  }
  const signedIn: Awaited<ReturnType<typeof signIn>>[] = []
  for (let first = 0; first < count; first += CHUNK_SIZE)
    signedIn.push(...(await Promise.all(users.slice(first, first + CHUNK_SIZE).map(signIn))))
  return signedIn
}
