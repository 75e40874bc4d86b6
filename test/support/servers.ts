/** Private MariaDB and Redis servers for tests: on sockets in a temporary folder, gone afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { environment } from '../../config/stack/programs.ts'

export { install } from '../../config/stack/programs.ts'

export interface Servers {
  folder: string
  mariadb: { socketPath: string; process: ChildProcess }
  redis: { socketPath: string; process: ChildProcess }
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

/** Starts both servers with full durability. Call stop() whatever happens. */
export async function startServers(): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'vote-test-'))
  chmodSync(folder, 0o755)
  const env = environment
  const started: ChildProcess[] = []
  const start = (program: string, args: string[]) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'ignore'] })
    started.push(child)
    return child
  }
  async function stop() {
    for (const child of started) child.kill('SIGTERM')
    await Promise.all(started.map(ended))
    rmSync(folder, { recursive: true, force: true })
  }

  try {
    const data = join(folder, 'mariadb')
    installMariadb(data)
    const mariadb = start('mariadbd', mariadbOptions(data))
    const redisSocket = join(folder, 'redis.sock')
    const redis = start('redis-server', [
      '--port',
      '0',
      '--unixsocket',
      redisSocket,
      '--save',
      '',
      '--dir',
      folder
    ])
    await until('MariaDB', () => existsSync(join(data, 'mariadb.sock')), mariadb)
    await until('Redis', () => existsSync(redisSocket), redis)
    return {
      folder,
      mariadb: { socketPath: join(data, 'mariadb.sock'), process: mariadb },
      redis: { socketPath: redisSocket, process: redis },
      stop
    }
  } catch (error) {
    await stop()
    throw error
  }
}

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
