/** Private MariaDB and Redis servers for tests: on sockets in temporary folders, gone afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { environment } from './install.ts'

export { install } from './install.ts'

interface Server {
  folder: string
  socketPath: string
  process: ChildProcess
  stop(): Promise<void>
}

/** Waits until a server that was started is ready; throws when it ends or takes too long. */
export async function until(what: string, ready: () => boolean, server: ChildProcess) {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) break
    if (ready()) return
    await delay(100)
  }
  throw new Error(`${what} did not start`)
}

const ended = (child: ChildProcess) =>
  new Promise<void>(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

const user = process.getuid?.() === 0 ? ['--user=mysql'] : []

/** Makes an empty data directory of MariaDB, with a root without a password. */
export function installMariadb(data: string, more: string[] = []) {
  const options = ['--no-defaults', ...user, `--datadir=${data}`, '--skip-test-db', ...more]
  const args = [...options, '--auth-root-authentication-method=normal']
  execFileSync('mariadb-install-db', args, { env: environment, stdio: 'ignore' })
}

/** What mariadbd is started with to serve this directory alone, over a socket in it. */
export const mariadbOptions = (data: string) => [
  '--no-defaults',
  ...user,
  `--datadir=${data}`,
  `--socket=${join(data, 'mariadb.sock')}`,
  `--pid-file=${join(data, 'mariadb.pid')}`,
  '--skip-networking',
  '--max-connections=500',
  '--innodb-flush-log-at-trx-commit=1'
]

/** Starts a program over a folder of its own; ready when its socket is there. */
async function start(program: string, prepare: (folder: string) => { args: string[]; socketPath: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'vote-test-'))
  chmodSync(folder, 0o755) // MariaDB runs under a name of its own
  let child: ChildProcess | undefined
  async function stop() {
    child?.kill('SIGTERM')
    if (child) await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const { args, socketPath } = prepare(folder)
    const server = spawn(program, args, { env: environment, stdio: 'ignore' })
    child = server
    await until(program, () => existsSync(socketPath), server)
    return { folder, socketPath, process: server, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Starts a MariaDB with full durability. Call stop() whatever happens. */
export const startMariadb = (): Promise<Server> =>
  start('mariadbd', folder => {
    const data = join(folder, 'mariadb')
    installMariadb(data)
    return { args: mariadbOptions(data), socketPath: join(data, 'mariadb.sock') }
  })

/** Starts a Redis. Call stop() whatever happens. */
export const startRedis = (): Promise<Server> =>
  start('redis-server', folder => {
    const socketPath = join(folder, 'redis.sock')
    return { args: ['--port', '0', '--unixsocket', socketPath, '--save', '', '--dir', folder], socketPath }
  })

/** A free port below 32768: above, a client's socket may hold it already. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const server = createServer()
    const free = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!free) continue
    await new Promise(resolve => server.close(resolve))
    return port
  }
}
