/**
 * Redis with replicas on loopback ports: a primary that three sentinels watch, and a cluster of six
 * nodes.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { environment } from '../../app/ops/install.ts'
import { freePort } from '../../app/ops/servers.ts'
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually.ts'

const host = '127.0.0.1'
/** A server that does not answer for this long is replaced. */
const DOWN_AFTER_MS = 2_000

interface Node {
  port: number
  process: ChildProcess
  start(): Promise<void>
}

/** Starts servers in sub-folders of one folder, and stops them all. */
class Group {
  readonly #folder = mkdtempSync(join(tmpdir(), 'vote-redis-'))
  readonly #nodes: Node[] = []

  /** Starts redis-server with these arguments on a free port and waits until it answers. */
  async add(argumentsOf: (port: number, folder: string) => string[]): Promise<Node> {
    const port = await freePort()
    const folder = join(this.#folder, String(port))
    mkdirSync(folder)
    const args = argumentsOf(port, folder)
    const run = () => spawn('redis-server', args, { env: environment, cwd: folder, stdio: 'ignore' })
    const node: Node = {
      port,
      process: run(),
      async start() {
        node.process = run()
        await answers(port)
      }
    }
    this.#nodes.push(node)
    await answers(port)
    return node
  }

  async stop() {
    for (const { process } of this.#nodes) {
      if (process.exitCode !== null || process.signalCode !== null) continue
      process.kill('SIGKILL')
      await once(process, 'exit')
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Sends a command to a server on a new connection. */
async function askServer<T>(port: number, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ host, port, lazyConnect: true, retryStrategy: () => null })
  redis.on('error', () => {}) // the command reports it
  try {
    await redis.connect()
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

const answers = (port: number) => eventually(() => askServer(port, redis => redis.ping()))
const listening = (port: number) => ['--port', String(port), '--bind', host]
const server = (port: number) => [
  ...listening(port),
  '--save',
  '',
  '--appendonly',
  'yes',
  '--repl-diskless-sync-delay',
  '0'
]

/** Resolves when the replica has the data of its primary. Without them it would not be promoted. */
const hasSynced = (port: number) =>
  eventuallyMatch(
    () => askServer(port, redis => redis.info('replication')),
    /role:master|master_link_status:up/
  )

/** Starts a primary, its replica and three sentinels. The caller must call stop(). */
export async function startSentinels() {
  const group = new Group()
  try {
    const primary = await group.add(port => server(port))
    const replica = await group.add(port => [...server(port), '--replicaof', host, String(primary.port)])
    await hasSynced(replica.port)
    const sentinels: Node[] = []
    for (let n = 0; n < 3; n++)
      sentinels.push(
        await group.add((port, folder) => {
          const file = join(folder, 'sentinel.conf')
          writeFileSync(
            file,
            `port ${port}
bind ${host}
sentinel monitor vote ${host} ${primary.port} 2
sentinel down-after-milliseconds vote ${DOWN_AFTER_MS}
sentinel failover-timeout vote 6000
`
          )
          return [file, '--sentinel']
        })
      )
    const info = async () => {
      const [first] = (await askServer(sentinels[0]!.port, redis =>
        redis.call('SENTINEL', 'MASTERS')
      )) as string[][]
      const fields = new Map(first!.map((value, n) => [value, first![n + 1]]))
      return [fields.get('num-slaves'), fields.get('num-other-sentinels')]
    }
    await eventuallyEqual(info, ['1', '2'])
    const primaryPort = async () => {
      const [, port] = (await askServer(sentinels[0]!.port, redis =>
        redis.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'vote')
      )) as [string, string]
      return Number(port)
    }
    return {
      primary,
      /** Resolves when the sentinels have made the replica the primary. */
      hasTakenOver: () => eventuallyEqual(primaryPort, replica.port),
      addresses: sentinels.map(({ port }) => ({ host, port })),
      stop: () => group.stop()
    }
  } catch (error) {
    await group.stop()
    throw error
  }
}

/** Starts three primaries and a replica of each. The caller must call stop(). */
export async function startRedisCluster() {
  const group = new Group()
  try {
    const nodes: Node[] = []
    for (let n = 0; n < 6; n++) {
      const bus = await freePort()
      nodes.push(
        await group.add(port => [
          ...server(port),
          '--cluster-enabled',
          'yes',
          '--cluster-port',
          String(bus),
          '--cluster-node-timeout',
          String(DOWN_AFTER_MS)
        ])
      )
    }
    const addresses = nodes.map(({ port }) => `${host}:${port}`)
    const options = ['--cluster-replicas', '1', '--cluster-yes']
    execFileSync('redis-cli', ['--cluster', 'create', ...addresses, ...options], { stdio: 'ignore' })
    const isReady = async (port: number) =>
      /cluster_state:ok/.test(await askServer(port, redis => redis.cluster('INFO')))
    for (const { port } of nodes) {
      await eventuallyEqual(() => isReady(port), true)
      await hasSynced(port)
    }
    const [first, ...others] = nodes
    /** The failed state and the role are in the third column. */
    const masters = async () => {
      const lines = await askServer(others.at(-1)!.port, redis => redis.cluster('NODES'))
      return (lines as string).split('\n').filter(line => /^\S+ \S+ (myself,)?master /.test(line)).length
    }
    return {
      primary: first!,
      /** Resolves when the replica of the first node has taken its place. */
      async hasTakenOver() {
        await eventuallyEqual(masters, 2)
        await eventuallyEqual(masters, 3)
      },
      addresses: nodes.map(({ port }) => ({ host, port })),
      stop: () => group.stop()
    }
  } catch (error) {
    await group.stop()
    throw error
  }
}
