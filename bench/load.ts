/** Runs wrk and measures the CPU time and memory of all processes. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { type Contestant, usage } from './contestants.ts'

export interface Load {
  what: 'get' | 'hot' | 'spread'
  /** A path, or a comma-separated list of `question:choice`. */
  target: string
  connections: number
  seconds: number
  /** A file with one header line per voter. */
  voters?: string
}

export interface Measured {
  /** Answers per second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
  accepted: number
  refused: number
  broken: number
  /** CPU microseconds per answer: of the contestant, of MariaDB, of Redis. */
  cpu: { app: number; database: number; redis: number }
  /** Megabytes of the largest process. */
  memory: number
}

/** Returns figures of response times in milliseconds. */
export function latencies(milliseconds: readonly number[]) {
  const times = milliseconds.toSorted((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)]!
  return { p50: at(0.5), p99: at(0.99), slowest: times.at(-1)! }
}

interface Result {
  requests: number
  seconds: number
  refused: number
  broken: number
  p50: number
  p99: number
}

function wrk(addresses: string[], { what, target, connections, seconds, voters }: Load): Promise<Result> {
  const threads = addresses.length
  const list = addresses.join(',')
  const args = ['-t', `${threads}`, '-c', `${connections}`, '-d', `${seconds}s`, '--timeout', '10s']
  args.push('-s', join(import.meta.dirname, 'load.lua'), `http://${addresses[0]}`, '--', what, target, list)
  if (voters) args.push(voters, `${threads}`)
  const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('exit', code => {
      const line = /^RESULT (.*)$/m.exec(output)?.[1]
      if (line === undefined) reject(new Error(`wrk ended with ${code}: ${output}`))
      else resolve(JSON.parse(line) as Result)
    })
  })
}

/** Runs one round of load on a contestant. */
export async function measure(
  contestant: Contestant,
  servers: { database: number; redis: number },
  load: Load
): Promise<Measured> {
  const own = contestant.processes.map(child => child.pid!)
  const spent = () => ({
    app: usage(own),
    database: usage([servers.database]),
    redis: usage([servers.redis])
  })
  const before = spent()
  const { requests, seconds, refused, broken, p50, p99 } = await wrk(contestant.addresses, load)
  const after = spent()
  const each = (part: 'app' | 'database' | 'redis') => ((after[part].cpu - before[part].cpu) * 1e6) / requests
  return {
    rate: requests / seconds,
    p50,
    p99,
    accepted: requests - refused,
    refused,
    broken,
    cpu: { app: each('app'), database: each('database'), redis: each('redis') },
    memory: after.app.memory
  }
}
