/** What is measured: each contestant is a few processes on ports of their own, over the same MariaDB. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { replicaEnvironment } from '../app/ops/stack-folder.ts'
import { freePort } from '../app/ops/servers.ts'

/** The secret of the benchmark's sessions. */
export const secret = 'Zk3vQ9x1Lr8mTb6wYc2nHd5jGf7sAe4p'

const here = import.meta.dirname
const server = join(here, '../app/server.ts')

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

async function answers(url: string) {
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

type Command = (port: number) => { command: string; args: string[]; env?: Record<string, string> }

async function start(name: string, count: number, path: string, command: Command): Promise<Contestant> {
  const ports = await Promise.all(Array.from({ length: count }, freePort))
  const processes = ports.map(port => {
    const { command: program, args, env } = command(port)
    return spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] })
  })
  const addresses = ports.map(port => `127.0.0.1:${port}`)
  await Promise.all(addresses.map(address => answers(`http://${address}${path}`)))
  return { name, processes, addresses }
}

/** The load comes from one address. */
const manyVotes = '1000000000'

/** Databases of one Redis. Whoever shares one hears of all votes there, and would work on that while another is measured. */
export const redisDatabases = { vote: 0, naive: 1 }

/** vote itself on MariaDB and Redis; `more` are environment variables. */
export const vote = (
  { mariadb, redis }: Places,
  name: string,
  count: number,
  more: Record<string, string> = {}
) =>
  start(name, count, '/health/live', port => ({
    command: process.execPath,
    args: [
      ...replicaEnvironment.V8_FLAGS!.split(' '),
      server,
      '--config',
      join(here, '../config/production.yaml'),
      '--host',
      '127.0.0.1',
      '--port',
      String(port)
    ],
    env: {
      ...replicaEnvironment,
      VOTE_SESSION_SECRET: secret,
      VOTE_DATABASE_SOCKET_PATH: mariadb,
      VOTE_DATABASE_USER: 'root',
      VOTE_REDIS_SOCKET_PATH: redis,
      VOTE_LOG_LEVEL: 'warn',
      VOTE_LIMITS_VOTES_MOST: manyVotes,
      ...more
    }
  }))

/** vote in one process with everything embedded. */
export const embedded = ({ folder }: Places) =>
  start('embedded', 1, '/health/live', port => ({
    command: process.execPath,
    args: [server, '--host', '127.0.0.1', '--port', String(port)],
    env: {
      ...replicaEnvironment,
      VOTE_SESSION_SECRET: secret,
      VOTE_DATABASE_FILE: join(folder, 'embedded/vote.db'),
      VOTE_LIMITS_VOTES_MOST: manyVotes
    }
  }))

/** Fastify's hello world. */
export const hello = (count: number) =>
  start(`hello world x${count}`, count, '/hello', port => ({
    command: process.execPath,
    args: [join(here, 'peers/hello.ts'), String(port)]
  }))

/** The same endpoints by aiohttp. */
export const aiohttp = ({ mariadb }: Places) =>
  start('aiohttp x4', 4, '/question/1/choice', port => ({
    command: '/usr/bin/python3',
    args: [join(here, 'peers/aiohttp_vote.py'), String(port), mariadb]
  }))

/** The same endpoints by Django; eight threads a process, as many as the others have connections. */
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

/** Ends it and waits until it has. */
export async function stop({ processes }: Contestant) {
  await Promise.all(
    processes.map(async child => {
      if (child.exitCode !== null) return
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 12_000)
      await ended
      clearTimeout(late)
    })
  )
}

/** Its processes and their children, because gunicorn's work is done by a child. */
function family(pids: number[]): number[] {
  return pids.flatMap(pid => {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return [pid, ...(children ? family(children.split(' ').map(Number)) : [])]
  })
}

/** CPU seconds spent so far, and the resident megabytes of the largest process. */
export function usage(pids: number[]) {
  let cpu = 0
  let memory = 0
  for (const pid of family(pids)) {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    cpu += (Number(fields[11]) + Number(fields[12])) / 100 // USER_HZ is 100 on Linux
    memory = Math.max(memory, (Number(fields[21]) * 4096) / 2 ** 20)
  }
  return { cpu, memory }
}
