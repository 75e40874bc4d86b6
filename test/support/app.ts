/** An application of a test's own, and people who use it. */
import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { Signer } from '@fastify/cookie'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { pino } from 'pino'
import { type AppOptions, buildApp } from '../../app/app.ts'
import { checkConfig } from '../../app/config/load.ts'
import { createOutput } from '../../app/log.ts'
import { createDatabaseSessions, createRedisSessions } from '../../app/models/accounts/sessions.ts'
import { type Engine, secret, type Tree } from './engines.ts'
import { keeper, note, noteConfig } from './secrets.ts'

/** The application over a new database with the sample polls; closed when the test ends. */
export async function build(t: TestContext, engine: Engine, more: Tree = {}): Promise<FastifyInstance> {
  return start(t, { ...(await engine.config(t)), ...more })
}

interface Options extends Pick<AppOptions, 'catalogues'> {
  /** Gets what is logged, which else is shown. */
  lines?: string[]
}

/** The application over this configuration; several may share one. */
export async function start(t: TestContext, tree: Tree, options?: Options): Promise<FastifyInstance> {
  const app = await talkative(t.filePath ?? t.name, tree, options)
  t.after(() => app.close())
  return app
}

/**
 * An application that nobody closes. Where logs are searched for secrets, the log of this name gets all that it can
 * say, whatever is configured to be shown; `lines` sees it just as configured.
 */
export function talkative(name: string, tree: Tree, { lines, ...options }: Options = {}) {
  noteConfig(tree)
  const keep = keeper(name)
  const config = checkConfig(tree)
  const stdout = createOutput()
  const shown = pino.levels.values[config.log.level] ?? Infinity
  const write = (line: string) => {
    keep?.(line)
    if (lines) lines.push(line)
    else if (Number(/"level":(\d+)/.exec(line)?.[1]) >= shown) stdout.write(line)
  }
  const level = keep && !lines ? 'trace' : config.log.level
  const talking = { ...config, log: { ...config.log, level } }
  return buildApp(talking, { ...options, logStream: { write } })
}

export const PASSWORD = 'correct horse battery staple'
let people = 0

type Body = Record<string, unknown>

/** Somebody with a browser or curl: keeps cookies, like a browser sends forms and wants pages with `page`, in a language. */
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
    /** A page, as a browser asks for it. */
    page: (url: string) => send({ url, headers: html }),
    /** A form, as a browser sends it. */
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

/** Somebody new who has just registered. */
export async function member(
  app: FastifyInstance,
  language?: string
): Promise<Visitor & { email: string; id: number }> {
  const somebody = visitor(app, language)
  const email = `member${++people}.${process.pid}@example.org`
  const answer = await somebody.post('/register', { name: 'Ann', email, password: PASSWORD })
  if (answer.statusCode !== 201) throw new Error(answer.body)
  const row = await app.db.fetchone<{ id: number }>('SELECT id FROM user WHERE email = ?', [email])
  return { ...somebody, email, id: row!.id }
}

/**
 * Signed-in voters by the hundred: accounts and sessions made without hashing a password each. Every other has changed
 * the password once. `key` signs their cookies.
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
  return Promise.all(
    users.map(async ({ id: userId, epoch }) => {
      const id = randomBytes(18).toString('base64url')
      note('sessionid cookie', id)
      await sessions.set(id, { userId, since: Date.now(), epoch })
      const somebody = visitor(app)
      somebody.cookies.set('sessionid', signer.sign(id))
      return { ...somebody, id: userId }
    })
  )
}
