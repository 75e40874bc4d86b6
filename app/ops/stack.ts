/** `npm run stack`: MariaDB, Redis, replicas and nginx under supervisord, all private, until Ctrl-C. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { root } from '../config/load.ts'
import { portsOf, prepare, type Stack } from './folder.ts'
import { environment, install } from './install.ts'
import { type State, startSupervisor, statesOf } from './supervisor.ts'

const usage = `npm run stack -- [--replicas 4] [--port 8008] [--first-port 9101] [--folder data/stack] [--public-url URL]`

const options = {
  replicas: { type: 'string', default: '4' },
  port: { type: 'string', default: '8008' },
  'first-port': { type: 'string', default: '9101' },
  folder: { type: 'string', default: 'data/stack' },
  'public-url': { type: 'string', default: environment.VOTE_SERVER_PUBLIC_URL ?? '' }
} satisfies ParseArgsOptionsConfig

/** The stack that the command line describes. Throws on anything else. */
export function readStack(args = process.argv.slice(2)): Stack {
  const { values } = parseArgs({ args, options })
  const number = (text: string, least: number, most: number) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least || value > most) throw new Error(`${text}: not possible`)
    return value
  }
  return {
    folder: resolve(root, values.folder),
    port: number(values.port, 1, 65_535),
    firstPort: number(values['first-port'], 1, 65_535),
    replicas: number(values.replicas, 1, 64),
    publicUrl: values['public-url']
  }
}

/** Whether a replica, or nginx with a replica behind it, can do its work. */
export async function isReady(port: number) {
  try {
    const url = `http://127.0.0.1:${port}/health/ready`
    const { status } = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    return status === 200 || status === 421 // nginx, which knows its public address only
  } catch {
    return false
  }
}

/** Throws unless every port can be had. */
async function checkPorts(ports: number[]) {
  for (const port of ports) {
    const server = createServer().listen(port, '127.0.0.1')
    const [error] = await Promise.race([once(server, 'listening'), once(server, 'error')]).catch(
      (error: Error) => [error]
    )
    server.close()
    if (error) throw new Error(`port ${port} is in use: is another stack running?`)
  }
}

/** Says what has changed since it was last called. */
function announcer() {
  const known = new Map<string, string>()
  return (states: State[]) => {
    for (const { name, state, pid } of states) {
      const now = pid > 0 ? `${state} (${pid})` : state
      if (known.get(name) !== now) console.log(`${name.padEnd(10)} ${now}`)
      known.set(name, now)
    }
  }
}

async function main(stack: Stack) {
  install(['mariadbd', 'redis-server', 'nginx', 'supervisord'])
  await checkPorts([stack.port, ...portsOf(stack)])
  prepare(stack)
  const supervisor = startSupervisor(stack)
  const ended = once(supervisor, 'exit')
  let ending = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!ending) console.log('\nending: nginx, the replicas, Redis, MariaDB …')
      ending = true
      supervisor.kill('SIGTERM')
    })
  }
  const announce = announcer()
  let ready = false
  while (supervisor.exitCode === null) {
    announce(await statesOf(stack))
    const ports = [stack.port, ...portsOf(stack)]
    if (!ready && !ending && (await Promise.all(ports.map(isReady))).every(Boolean)) {
      ready = true
      console.log(`
vote is at ${stack.publicUrl || `http://localhost:${stack.port}`}: nginx before ${stack.replicas} processes on ports ${ports[1]} to ${ports.at(-1)}
The first account registered becomes the administrator. Data and logs lie in ${stack.folder}
npm run roll replaces one process after the other; Ctrl-C ends everything.\n`)
    }
    await Promise.race([ended, delay(ready ? 1_000 : 300)])
  }
  return supervisor.exitCode ?? 1
}

if (process.argv[1] === import.meta.filename) {
  try {
    process.exitCode = await main(readStack())
  } catch (error) {
    console.error(`✖ ${(error as Error).message}\n\n${usage}`)
    process.exitCode = 2
  }
}
