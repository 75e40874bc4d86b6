/**
 * What a run of tests logs, and what it must not find there: both are kept in the folder TEST_LOGS, where test/run.ts
 * searches the one for the other. Without that folder nothing is kept.
 */
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync, cpSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { TestContext } from 'node:test'
import type { FastifyRequest } from 'fastify'
import { isCommon } from '../../app/values/common-passwords.ts'

const folder = process.env.TEST_LOGS || undefined
if (folder) mkdirSync(join(folder, 'logs'), { recursive: true })

const known = new Set<string>()

/** What nobody may have for a password, because it is short or common, is no secret: it stands in logs by chance. */
export function note(kind: string, secret: unknown): void {
  if (!folder || typeof secret !== 'string' || known.has(secret)) return
  if (secret.length < 8 || isCommon(secret)) return
  known.add(secret)
  appendFileSync(join(folder, `secrets.${process.pid}`), `${JSON.stringify([kind, secret])}\n`)
}

/** Those of a configuration. */
export function noteConfig({
  session,
  database,
  redis
}: Record<string, Record<string, unknown> | null>): void {
  note('secret', session?.secret)
  note('secret', session?.previousSecret)
  note('password of a server', database?.password)
  note('password of a server', redis?.password)
}

/** The ids in our signed cookies. Takes what was parsed, or a header. */
export function noteCookies(cookies: Record<string, string | undefined> | string = {}): void {
  if (!folder) return
  const pairs =
    typeof cookies === 'string' ? cookies.split('; ').map(pair => pair.split('=')) : Object.entries(cookies)
  for (const [name, value = ''] of pairs) {
    if (name === 'sessionid' || name === 'browser') note(`${name} cookie`, value.split('.')[0])
  }
}

/** What a body of JSON or of a form says; some are sent broken. */
function parsed(body: string): unknown {
  try {
    return body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
  } catch {
    return null
  }
}

/** The passwords in what somebody sends. Takes what was parsed, or a body. */
export function noteBody(body: unknown): void {
  if (!folder || !body) return
  if (typeof body === 'string') return noteBody(parsed(body))
  const { password, current } = body as { password?: unknown; current?: unknown }
  note('password', password)
  note('password', current)
}

// Every request that reaches an application of this process, whoever sends it.
if (folder) {
  subscribe('tracing:fastify.request.handler:start', message => {
    const { request } = message as { request: FastifyRequest<{ Params: { token?: string } | undefined }> }
    noteCookies(request.cookies)
    noteBody(request.body)
    note('token of a link', request.params?.token)
  })
}

const logs = new Map<string, number>()

/** Writes to the log of this name that is searched; undefined where nothing is kept. */
export function keeper(name: string): ((said: string | Buffer) => void) | undefined {
  if (!folder) return undefined
  const log = logs.get(name) ?? openSync(join(folder, 'logs', `${basename(name)}.${process.pid}`), 'a')
  logs.set(name, log)
  return said => void writeSync(log, String(said))
}

/** Keeps what a program says, on these streams of it. */
export function keep(t: TestContext, ...streams: Readable[]): void {
  const write = keeper(t.filePath ?? t.name)
  if (write) for (const stream of streams) stream.on('data', write)
}

/** Keeps every log in the folder `log` of a stack. */
export function keepLogs(path: string): void {
  if (folder) cpSync(path, join(folder, 'logs', basename(dirname(path))), { recursive: true })
}
