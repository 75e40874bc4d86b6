/**
 * Starts a real stack (`npm run stack`) on free ports in a temporary folder, and sends it requests.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { root } from '../../app/config/load.ts'
import { replicaPorts, type Stack } from '../../app/ops/stack-options.ts'
import { environment } from '../../app/config/programs.ts'
import { statesOf, supervisorctl } from '../../app/ops/supervisor.ts'
import { members, buildLogged, type Visitor } from './app.ts'
import { secret } from './engines.ts'
import { eventually } from './eventually.ts'
import { captureLogs, noteBody, noteCookies } from './secrets.ts'
import { standstillMs } from './standstill.ts'
import { cookieOf as headersOf } from './streams.ts'
import { freePort, hasExited } from '../../app/ops/servers.ts'

export interface Answer {
  /** 0 if the connection broke. */
  status: number
  headers: IncomingHttpHeaders
  body: string
  /** Without `standstillMs`. */
  milliseconds: number
  /** How long the machine stood still meanwhile. */
  standstillMs: number
}

interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string
  agent?: Agent
  /** Client address. All of 127.0.0.0/8 is this machine. */
  localAddress?: string
}

/** Longer than a busy machine needs to start all processes of a stack. */
const START_TIMEOUT_MS = 180_000

/**
 * Closes idle connections before nginx does. Otherwise a request could be sent on a closing one.
 */
const agent = new Agent({ keepAlive: true, maxSockets: 1_000, timeout: 10_000 })

/** Returns how many connections of `ask` are open, idle ones included. */
export const openConnections = () =>
  [agent.sockets, agent.freeSockets].flatMap(Object.values).reduce((sum, list) => sum + list.length, 0)

/** Closes the idle connections of `ask`: a server that ends closes them at its own time. */
export const closeConnections = () => agent.destroy()

/** Sends one request. Never throws. */
export function ask(port: number, path: string, { body, ...options }: Asked = {}): Promise<Answer> {
  const started = performance.now()
  const stoodBefore = standstillMs()
  noteCookies(options.headers?.cookie)
  noteBody(body)
  return new Promise(resolve => {
    const done = (status: number, headers: IncomingHttpHeaders, text: string) => {
      const stoodMs = standstillMs() - stoodBefore
      const milliseconds = performance.now() - started - stoodMs
      resolve({ status, headers, body: text, milliseconds, standstillMs: stoodMs })
    }
    const sent = request({ agent, host: '127.0.0.1', port, path, ...options }, answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => done(answer.statusCode ?? 0, answer.headers, text))
      answer.on('error', () => done(0, {}, ''))
    })
    sent.on('error', error => done(0, {}, error.message))
    sent.end(body)
  })
}

/** Returns the first of `count` consecutive free ports. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = await freePort()
    const servers = Array.from({ length: count }, (_, n) => createServer().listen(first + n, '127.0.0.1'))
    const outcomes = await Promise.allSettled(servers.map(server => once(server, 'listening')))
    for (const server of servers) server.close()
    if (outcomes.every(({ status }) => status === 'fulfilled')) return first
  }
}

/** Returns the pids of the processes that this one has started. */
export const children = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')

/** Returns the pid of the replica on this port. */
async function replicaOn(port: number): Promise<number> {
  return eventually(() => {
    for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        if (line.includes(`app/server.ts\0`) && line.includes(`--port\0${port}\0`)) return Number(pid)
      } catch {} // it has just ended
    }
    throw new Error(`no replica on port ${port}`)
  })
}

export type Running = Awaited<ReturnType<typeof startStack>>

/**
 * Starts a stack and waits until it is ready. `app`: an application of this process with its
 * database.
 */
export async function startStack({ replicas = 4 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'vote stack (copy) ')) // spaces, as on people's machines
  const firstPort = await freePorts(2 * replicas + 1)
  const stack: Stack = { folder, port: firstPort + replicas, firstPort, replicas, publicUrl: '' }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'session.secret'), secret, { mode: 0o600 })
  const args = ['--folder', folder, '--port', String(stack.port), '--first-port', String(firstPort)]
  const more = ['--replicas', String(replicas)]
  const program = spawn(process.execPath, ['app/ops/stack.ts', ...args, ...more], {
    cwd: root,
    // All votes come from one address.
    env: { ...environment, VOTE_LIMITS_VOTES_MOST: '1000000', VOTE_METRICS_PORT: String(stack.port + 1) }
  })
  let output = ''
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', (text: Buffer) => {
      output += String(text)
    })
  }
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!output.includes('vote is at')) {
    if (program.exitCode !== null || performance.now() > deadline)
      throw new Error(`the stack did not start: ${output}`)
    await delay(100)
  }
  const app = await buildLogged('stack', {
    log: { level: 'silent' },
    database: {
      engine: 'mysql',
      socketPath: join(folder, 'mariadb/mariadb.sock'),
      user: 'vote',
      database: 'vote'
    },
    redis: { socketPath: join(folder, 'redis/redis.sock') },
    session: { secret }
  })
  return {
    ...stack,
    ports: replicaPorts(stack),
    metricsPorts: replicaPorts(stack).map((_, n) => stack.port + 1 + n),
    program,
    app,
    output: () => output,
    states: () => statesOf(stack),
    control: (...args: string[]) => supervisorctl(stack, ...args),
    /** Returns the pid of `database`, `redis` or `nginx`. */
    async pid(name: string) {
      const found = (await statesOf(stack)).find(part => part.name === name && part.pid > 0)
      if (!found) throw new Error(`${name} does not run`)
      return found.pid
    },
    replicaOn,
    log: (name: string) => readFileSync(join(folder, 'log', `${name}.log`), 'utf8'),
    async roll() {
      const rolled = spawn(process.execPath, ['app/ops/roll.ts', ...args, ...more], {
        cwd: root,
        env: environment
      })
      await once(rolled, 'exit')
      return rolled.exitCode
    },
    async stop() {
      await app.close()
      await end(program)
      captureLogs(join(folder, 'log'))
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

async function end(program: ChildProcess) {
  if (hasExited(program)) return
  program.kill('SIGINT')
  await once(program, 'exit')
}

let shared: Promise<Running> | undefined

/** Returns the stack that the tests of this process share. It stops when they end. */
export const sharedStack = () => (shared ??= startStack())

after(async () => {
  if (shared) await (await shared).stop()
})

export const cookieOf = (voter: Visitor) => headersOf(voter).cookie

/** Sends a vote like curl, by default for choice 1 of question 1. */
export const vote = (port: number, cookie: string, question = 1, choice = 1) =>
  ask(port, `/questions/${question}/vote`, {
    method: 'PUT',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ choice })
  })

/** Creates signed-in voters and returns their cookies. */
export const voters = async (app: FastifyInstance, count: number): Promise<string[]> =>
  (await members(app, count)).map(cookieOf)

/** Calls `work` `rate` times per second until `signal` aborts. Resolves after the last call. */
export async function steadily(rate: number, signal: AbortSignal, work: (n: number) => Promise<unknown>) {
  const started = performance.now()
  const running = new Set<Promise<unknown>>()
  for (let n = 0; !signal.aborted; ) {
    const due = ((performance.now() - started) / 1000) * rate
    for (; n < due; n++) {
      const one = work(n)
      running.add(one)
      void one.finally(() => running.delete(one))
    }
    await delay(5)
  }
  await Promise.all(running)
}
