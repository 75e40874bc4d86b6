/** Starts the program as a process, and creates clients that use TCP. */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { root } from '../../app/config/load.ts'
import { atEnd } from './at-end.ts'
import { PASSWORD } from './app.ts'
import { checkAnswer } from './described.ts'
import { scratch, type Tree } from './engines.ts'
import { captureOutput, noteBody, noteConfig, noteCookies } from './secrets.ts'

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface Program {
  process: ChildProcess
  /** Its output so far. */
  stdout(): string
  ended: Promise<Ended>
}

const program = join(root, 'app/server.ts')

/** Writes a configuration file. Returns its secrets as environment variables. */
export function writeConfig(t: TestContext, { session, ...tree }: Tree) {
  noteConfig({ ...tree, session: session ?? null })
  const { secret, ...rest } = session ?? {}
  const file = join(scratch(t), 'vote.yaml')
  writeFileSync(file, JSON.stringify({ ...tree, session: rest }))
  const env: Record<string, string> = typeof secret === 'string' ? { VOTE_SESSION_SECRET: secret } : {}
  return { file, env }
}

/** Starts `node app/server.ts` with these arguments. Killed when the test ends. */
export function run(t: TestContext, args: string[], env: Record<string, string> = {}): Program {
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith('VOTE_'))
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...Object.fromEntries(clean), ...env },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  captureOutput(t, child.stderr)
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  const ended = new Promise<Ended>(resolve => {
    child.once('close', (code, signal) => resolve({ code, signal, ...said }))
  })
  atEnd(t, () => {
    child.kill('SIGKILL')
    return ended
  })
  return { process: child, stdout: () => said.stdout, ended }
}

/** Starts a server. `more`: further environment variables; `port`: 0 for a free one. */
export async function serve(
  t: TestContext,
  tree: Tree,
  more: Record<string, string> = {},
  port = 0
): Promise<Program & { url: string }> {
  const { file, env } = writeConfig(t, { ...tree, log: { level: 'info' } })
  const started = run(t, ['--config', file, '--host', '127.0.0.1', '--port', String(port)], {
    ...env,
    ...more
  })
  captureOutput(t, started.process.stdout!)
  const listening = new Promise<string>(resolve => {
    const look = () => {
      const [, url] = /"address":"([^"]+)"/.exec(started.stdout()) ?? []
      if (url) resolve(url)
    }
    started.process.stdout!.on('data', look)
  })
  const failed = started.ended.then(({ stderr, stdout }) => {
    throw new Error(`the program did not start: ${stderr}${stdout}`)
  })
  return { ...started, url: await Promise.race([listening, failed]) }
}

/** Creates a client that keeps cookies and sends JSON. */
export function caller() {
  const cookies = new Map<string, string>()
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  async function send(url: string, method = 'GET', body?: unknown) {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (cookies.size > 0) headers.cookie = cookie()
    if (body !== undefined) headers['content-type'] = 'application/json'
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      cookies.set(name!, value!)
    }
    noteCookies(Object.fromEntries(cookies))
    noteBody(body)
    const text = await answer.text()
    await checkAnswer(url, method, answer.status, text)
    return { status: answer.status, body: JSON.parse(text) as Record<string, unknown> }
  }
  return { cookies, /** Returns the Cookie header. */ cookie, send }
}

export type Caller = ReturnType<typeof caller>

let people = 0

/** Registers a new account at this server and returns its client. */
export async function registered(url: string): Promise<Caller & { email: string }> {
  const client = caller()
  const email = `caller${++people}.${process.pid}@example.org`
  const answer = await client.send(`${url}/register`, 'POST', { name: 'Ann', email, password: PASSWORD })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer))
  return { ...client, email }
}
