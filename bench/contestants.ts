/**
 * Starts the contestants: each is one or more processes on their own ports, with the same MariaDB.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseEnv } from 'node:util'
import { root } from '../app/config/load.ts'
import { freePort } from '../app/ops/servers.ts'

/** The secret of the benchmark's sessions. */
export const secret = 'Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p'

const here = import.meta.dirname

export interface Places {
  mariadb: string
  redis: string
  folder: string
}

export interface Contestant {
  name: string
  processes: ChildProcess[]
  addresses: string[]
}

async function waitUntilReady(url: string) {
  for (let tries = 0; tries < 200; tries++) {
    try {
      if ((await fetch(url)).status < 500) return
    } catch {
      // not listening yet
    }
    await delay(100)
  }
  throw new Error(`${url} does not answer`)
}

interface Command {
  command: string
  args: string[]
  env?: Record<string, string | undefined>
}

async function start(
  name: string,
  count: number,
  path: string,
  commandFor: (port: number) => Command
): Promise<Contestant> {
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const processes = ports.map(port => {
    const { command, args, env } = commandFor(port)
    const stdio = ['ignore', 'ignore', 'inherit'] as const
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: [...stdio] })
    const end = () => child.kill()
    process.once('exit', end) // the benchmark was interrupted
    return child.once('exit', () => process.off('exit', end))
  })
  const addresses = ports.map(port => `127.0.0.1:${port}`)
  await Promise.all(addresses.map(address => waitUntilReady(`http://${address}${path}`)))
  return { name, processes, addresses }
}

/** Lifts the limit of votes per client address: all load comes from one address. */
const VOTE_LIMIT = '1000000000'

/**
 * Redis databases. In a shared one, contestants would receive messages about each other's votes.
 */
export const redisDatabases = { vote: 0, naive: 1, other: 2, galera: 3 }

/** A version of vote, and the databases that it uses. */
export interface Program {
  /** The root of a checkout of the repository. */
  checkout: string
  /** The name of the MySQL database. */
  database: string
  redis: keyof typeof redisDatabases
}

const thisProgram: Program = { checkout: root, database: 'vote', redis: 'vote' }

/** Reads the flags and variables of a replica from config/replica.env of a checkout. */
const replicaEnvironment = (checkout: string) =>
  parseEnv(readFileSync(join(checkout, 'config/replica.env'), 'utf8'))

/** Returns the command line of app/server.ts with MariaDB and Redis. */
export function commandOf({ mariadb, redis }: Places, program: Program, args: string[]): Command {
  const environment = replicaEnvironment(program.checkout)
  const config = join(program.checkout, 'config/production.yaml')
  return {
    command: process.execPath,
    args: [
      ...environment.V8_FLAGS!.split(' '),
      join(program.checkout, 'app/server.ts'),
      ...args,
      '--config',
      config
    ],
    env: {
      ...environment,
      VOTE_SESSION_SECRET: secret,
      VOTE_DATABASE_SOCKET_PATH: mariadb,
      VOTE_DATABASE_USER: 'root',
      VOTE_DATABASE_DATABASE: program.database,
      VOTE_DATABASE_SAMPLE_DATA: 'true',
      VOTE_REDIS_SOCKET_PATH: redis,
      VOTE_REDIS_DB: String(redisDatabases[program.redis]),
      VOTE_LOG_LEVEL: 'warn',
      VOTE_LIMITS_VOTES_MOST: VOTE_LIMIT
    }
  }
}

/** Starts vote with MariaDB and Redis. `more`: further environment variables. */
export const vote = (
  places: Places,
  name: string,
  count: number,
  more: Record<string, string> = {},
  program: Program = thisProgram
) =>
  start(name, count, '/health/live', port => {
    const command = commandOf(places, program, ['--host', '127.0.0.1', '--port', String(port)])
    return { ...command, env: { ...command.env, ...more } }
  })

/** Starts vote with one transaction for each vote. */
export const naive = (places: Places) =>
  vote(
    places,
    'naive x4',
    4,
    { VOTE_BALLOTS_BATCH_LIMIT: '1', VOTE_BALLOTS_TRANSACTIONS: '8' },
    { ...thisProgram, redis: 'naive' }
  )

/** Starts vote from another checkout, with its own databases. */
export const other = (places: Places, checkout: string) =>
  vote(places, 'other x4', 4, {}, { checkout, database: 'other', redis: 'other' })

/** Starts vote in one process with the embedded database. */
export const embedded = ({ folder }: Places) =>
  start('embedded', 1, '/health/live', port => ({
    command: process.execPath,
    args: [join(root, 'app/server.ts'), '--host', '127.0.0.1', '--port', String(port)],
    env: {
      ...replicaEnvironment(root),
      VOTE_SESSION_SECRET: secret,
      VOTE_DATABASE_FILE: join(folder, 'embedded/vote.db'),
      VOTE_LIMITS_VOTES_MOST: VOTE_LIMIT
    }
  }))

/** Starts Fastify's hello world. */
export const hello = (count: number) =>
  start(`hello world x${count}`, count, '/hello', port => ({
    command: process.execPath,
    args: [join(here, 'peers/hello.ts'), String(port)]
  }))

/** Starts the same endpoints written with aiohttp. */
export const aiohttp = ({ mariadb }: Places) =>
  start('aiohttp x4', 4, '/question/1/choice', port => ({
    command: '/usr/bin/python3',
    args: [join(here, 'peers/aiohttp_vote.py'), String(port), mariadb]
  }))

/**
 * Starts the same endpoints written with Django. A process has 8 threads for its 8 database
 * connections.
 */
export const django = ({ mariadb }: Places) =>
  start('Django x4', 4, '/question/1/choice', port => ({
    command: '/usr/bin/python3',
    args: [
      '-m',
      'gunicorn',
      '--chdir',
      join(here, 'peers/django'),
      '--threads',
      '8',
      '--keep-alive',
      '30',
      '--log-level',
      'error',
      '--bind',
      `127.0.0.1:${port}`,
      'vote:application'
    ],
    env: { SOCKET: mariadb, PYTHONDONTWRITEBYTECODE: '1' }
  }))

/** Stops the contestant and waits for the end of its processes. */
export async function stop({ processes }: Contestant) {
  await Promise.all(
    processes.map(async child => {
      if (child.exitCode !== null) return
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      const killTimer = setTimeout(() => child.kill('SIGKILL'), 12_000)
      await ended
      clearTimeout(killTimer)
    })
  )
}

/** Lists the processes and their descendants: gunicorn serves in child processes. */
function processTree(pids: number[]): number[] {
  return pids.flatMap(pid => {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return [pid, ...(children ? processTree(children.split(' ').map(Number)) : [])]
  })
}

/** Returns the CPU seconds used so far, and the resident megabytes of the largest process. */
export function usage(pids: number[]) {
  let cpu = 0
  let memory = 0
  for (const pid of processTree(pids)) {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    cpu += (Number(fields[11]) + Number(fields[12])) / 100 // USER_HZ is 100 on Linux
    memory = Math.max(memory, (Number(fields[21]) * 4096) / 2 ** 20)
  }
  return { cpu, memory }
}
