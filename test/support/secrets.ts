/**
 * Collects the logs and the secrets of a test process in the folder TEST_LOGS. test/run.ts searches
 * the logs for the secrets. Without that folder nothing is collected.
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

/** Collects a secret. Short and common texts are ignored: logs contain them by chance. */
export function note(kind: string, secret: unknown): void {
  if (!folder || typeof secret !== 'string' || known.has(secret)) return
  if (secret.length < 8 || isCommon(secret)) return
  known.add(secret)
  appendFileSync(join(folder, `secrets.${process.pid}`), `${JSON.stringify([kind, secret])}\n`)
}

/** Collects the secrets of a configuration. */
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

/** Collects the ids in our signed cookies. Accepts parsed cookies or a header. */
export function noteCookies(cookies: Record<string, string | undefined> | string = {}): void {
  if (!folder) return
  const pairs =
    typeof cookies === 'string' ? cookies.split('; ').map(pair => pair.split('=')) : Object.entries(cookies)
  for (const [name, value = ''] of pairs) {
    if (name === 'sessionid' || name === 'browser') note(`${name} cookie`, value.split('.')[0])
  }
}

/** Parses a body of JSON or of a form. Some bodies are malformed on purpose. */
function parsed(body: string): unknown {
  try {
    return body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
  } catch {
    return null
  }
}

/** Collects the passwords of a request. Accepts a parsed body or its text. */
export function noteBody(body: unknown): void {
  if (!folder || !body) return
  if (typeof body === 'string') return noteBody(parsed(body))
  const { password, current } = body as { password?: unknown; current?: unknown }
  note('password', password)
  note('password', current)
}

// Collects from every request to an application of this process.
if (folder) {
  subscribe('tracing:fastify.request.handler:start', message => {
    const { request } = message as { request: FastifyRequest<{ Params: { token?: string } | undefined }> }
    noteCookies(request.cookies)
    noteBody(request.body)
    note('token of a link', request.params?.token)
    note('token of a program', request.bearer)
    note('token of a manage link', request.manageToken)
  })
}

const logs = new Map<string, number>()

/**
 * Returns a function that writes to the collected log of this name; undefined without TEST_LOGS.
 */
export function logWriter(name: string): ((text: string | Buffer) => void) | undefined {
  if (!folder) return undefined
  const log = logs.get(name) ?? openSync(join(folder, 'logs', `${basename(name)}.${process.pid}`), 'a')
  logs.set(name, log)
  return text => void writeSync(log, String(text))
}

/** Collects the output of a program. */
export function captureOutput(t: TestContext, ...streams: Readable[]): void {
  const write = logWriter(t.filePath ?? t.name)
  if (write) for (const stream of streams) stream.on('data', write)
}

/** Collects every log in the folder `log` of a stack. */
export function captureLogs(path: string): void {
  if (folder) cpSync(path, join(folder, 'logs', basename(dirname(path))), { recursive: true })
}
