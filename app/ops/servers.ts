/**
 * Private MariaDB and Redis servers for tests and benchmarks, on sockets in temporary folders. The
 * stack has its own; it uses `hasExited` alone.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type ListenOptions, type Server as NetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { environment } from '../config/programs.ts'
import { installMariadb, mariadbOptions } from './mariadb.ts'

const START_TIMEOUT_MS = 30_000
const POLL_INTERVAL_MS = 100
const ANSWER_TIMEOUT_MS = 1_000

interface Server {
  folder: string
  socketPath: string
  process: ChildProcess
  /** Ends the process and removes the folder. */
  stop(): Promise<void>
}

/**
 * Tells whether a server on this socket answers: MariaDB greets each client, Redis answers PING.
 */
const answers = (socketPath: string) =>
  new Promise<boolean>(resolve => {
    const socket = connect(socketPath, () => socket.write('PING\r\n'))
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy())
    socket.once('data', () => {
      resolve(true)
      socket.destroy()
    })
    socket.once('error', () => {}).once('close', () => resolve(false))
  })

/** Tells whether a process has ended, by itself or by a signal. */
export const hasExited = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

/**
 * Waits until a started server answers on its socket, which exists before. A MariaDB that gets
 * SIGTERM in between never ends. Throws an Error if it exits or takes longer than 30 s.
 */
export async function waitUntilReady(name: string, socketPath: string, server: ChildProcess) {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!hasExited(server) && performance.now() < deadline) {
    if (await answers(socketPath)) return
    await delay(POLL_INTERVAL_MS)
  }
  throw new Error(`${name} did not start`)
}

const exited = (child: ChildProcess) =>
  new Promise<void>(resolve => {
    if (hasExited(child)) resolve()
    else child.once('exit', () => resolve())
  })

/** Starts a program on a new temporary folder and waits until it is ready. */
async function start(program: string, prepare: (folder: string) => { args: string[]; socketPath: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'vote-test-'))
  chmodSync(folder, 0o755) // MariaDB runs as another user
  let child: ChildProcess | undefined
  async function stop() {
    child?.kill('SIGTERM')
    if (child) await exited(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const { args, socketPath } = prepare(folder)
    const server = spawn(program, args, { env: environment, stdio: 'ignore' })
    child = server
    await waitUntilReady(program, socketPath, server)
    return { folder, socketPath, process: server, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Starts a MariaDB with full durability. The caller must call stop(). */
export const startMariadb = (): Promise<Server> =>
  start('mariadbd', folder => {
    const data = join(folder, 'mariadb')
    installMariadb(data)
    return { args: mariadbOptions(data), socketPath: join(data, 'mariadb.sock') }
  })

/** Starts a Redis. The caller must call stop(). */
export const startRedis = (): Promise<Server> =>
  start('redis-server', folder => {
    const socketPath = join(folder, 'redis.sock')
    return { args: ['--port', '0', '--unixsocket', socketPath, '--save', '', '--dir', folder], socketPath }
  })

/** Tells whether a server can listen there, and leaves it listening. */
const canListen = (server: NetServer, at: ListenOptions) =>
  once(server.listen(at), 'listening').then(
    () => true,
    () => false
  )

/**
 * Finds a free port below 32768; the kernel gives the ports above to outgoing connections. While
 * this process runs, no process gets it again: an abstract socket of this name, which the kernel
 * closes with the process, reserves it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if (!(await canListen(createServer().unref(), { path: `\0vote port ${port}` }))) continue
    const server = createServer()
    if (!(await canListen(server, { port, host: '127.0.0.1' }))) continue
    await new Promise(resolve => server.close(resolve))
    return port
  }
}
