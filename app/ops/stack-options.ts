/**
 * What the command line says of a stack on one machine; `npm run stack` and `npm run roll` take the
 * same options.
 */
import { resolve } from 'node:path'
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { root } from '../config/load.ts'
import { ConfigError } from '../config/errors.ts'
import { readVariable } from '../config/files.ts'
import { asciiUrl, expectedPublicUrl, isPublicUrl } from '../config/public-url.ts'
import { environment } from '../config/programs.ts'
import { MAX_PORT } from '../config/values.ts'

export interface Stack {
  /** Absolute path. */
  folder: string
  /** The port of nginx. */
  port: number
  /** The port of the first replica; the others follow it. */
  firstPort: number
  replicas: number
  /** The configured public address, or ''. */
  publicUrl: string
  /** The port of the metrics of the first replica; those of the others follow it. */
  metricsPort?: number
}

export const usage = `npm run stack -- [--replicas 4] [--port 8008] [--first-port 9101] [--folder data/stack] [--public-url URL]`

const options = {
  replicas: { type: 'string', default: '4' },
  port: { type: 'string', default: '8008' },
  'first-port': { type: 'string', default: '9101' },
  folder: { type: 'string', default: 'data/stack' },
  'public-url': { type: 'string' }
} satisfies ParseArgsOptionsConfig

/**
 * The path of a socket has at most 107 bytes on Linux, and supervisord's
 * /run/supervisor.sock.4194304 is the longest.
 */
const MAX_FOLDER_BYTES = 79

/**
 * Reads the public address of the option or, without it, of the environment; '' is none. Throws as
 * `readStack`.
 */
function readPublicUrl(option: string | undefined) {
  const url = option ?? readVariable(environment, 'VOTE_SERVER_PUBLIC_URL') ?? ''
  if (url === '' || isPublicUrl(url)) return asciiUrl(url)
  if (option !== undefined) throw new Error(`--public-url: ${expectedPublicUrl}`)
  throw new ConfigError(`✖ VOTE_SERVER_PUBLIC_URL: ${expectedPublicUrl}`)
}

/**
 * Reads VOTE_METRICS_PORT, which every replica would otherwise use. Undefined: it is not set.
 * Throws ConfigError.
 */
function readMetricsPort() {
  const text = readVariable(environment, 'VOTE_METRICS_PORT')
  if (text === undefined) return
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= MAX_PORT) return port
  throw new ConfigError(`✖ VOTE_METRICS_PORT: expected an integer from 1 to ${MAX_PORT}`)
}

/**
 * Parses the command line. Throws an Error for an unknown option or a value out of range,
 * ConfigError for a variable.
 */
export function readStack(args = process.argv.slice(2)): Stack {
  const { values } = parseArgs({ args, options })
  const integer = (name: 'replicas' | 'port' | 'first-port', max: number) => {
    const value = Number(values[name])
    if (!Number.isInteger(value) || value < 1 || value > max)
      throw new Error(`--${name}: expected an integer from 1 to ${max}`)
    return value
  }
  const folder = resolve(root, values.folder)
  // supervisord expands its settings twice, and splits commands at quotes.
  if (/[%"\\]/.test(folder)) throw new Error('--folder: its path must not contain %, " or \\')
  const metricsPort = readMetricsPort()
  const stack: Stack = {
    folder,
    port: integer('port', MAX_PORT),
    firstPort: integer('first-port', MAX_PORT),
    replicas: integer('replicas', 64),
    publicUrl: readPublicUrl(values['public-url']),
    ...(metricsPort !== undefined && { metricsPort })
  }
  checkReplicaPorts(stack)
  checkMetricsPorts(stack)
  if (Buffer.byteLength(stack.folder) > MAX_FOLDER_BYTES)
    throw new Error(
      `--folder: its path must have at most ${MAX_FOLDER_BYTES} bytes, because of the sockets in it`
    )
  return stack
}

/** Prints why a command of the stack cannot do its work. Returns the exit code. */
export function printFailure(error: unknown): number {
  console.error(error instanceof ConfigError ? error.message : `✖ ${(error as Error).message}\n\n${usage}`)
  return 2
}

/** Throws an Error if a replica has no port, or the port of nginx. */
function checkReplicaPorts(stack: Stack) {
  const ports = replicaPorts(stack)
  if (ports.at(-1)! > MAX_PORT)
    throw new Error(`--first-port: the ports of ${stack.replicas} replicas end above ${MAX_PORT}`)
  if (ports.includes(stack.port)) throw new Error(`--port: ${stack.port} is the port of a replica`)
}

/**
 * Throws ConfigError if the metrics of a replica have no port, or one that the stack uses
 * otherwise.
 */
function checkMetricsPorts(stack: Stack) {
  const { metricsPort: firstPort, replicas, port } = stack
  if (firstPort === undefined) return
  const ports = replicaPorts({ firstPort, replicas })
  if (ports.at(-1)! > MAX_PORT)
    throw new ConfigError(`✖ VOTE_METRICS_PORT: the ports of ${replicas} replicas end above ${MAX_PORT}`)
  const taken = ports.find(one => one === port || replicaPorts(stack).includes(one))
  if (taken !== undefined)
    throw new ConfigError(`✖ VOTE_METRICS_PORT: ${taken} is the port of nginx or of a replica`)
}

/** Lists the ports of the replicas. */
export const replicaPorts = ({ firstPort, replicas }: Pick<Stack, 'firstPort' | 'replicas'>) =>
  Array.from({ length: replicas }, (_, n) => firstPort + n)
