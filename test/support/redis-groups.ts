/**
 * Redis with replicas on loopback ports: a primary that three sentinels watch, and a cluster of six
 * nodes.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { environment } from '../../app/config/programs.ts'
import { freePort } from '../../app/ops/servers.ts'
import { eventually, eventuallyEqual, eventuallyMatch } from './eventually.ts'
import { killHard } from './kill.ts'

const host = '127.0.0.1'
const local: Array<[string, string]> = [['bind', host]]
/** A server that does not answer for this long is replaced. */
const DOWN_AFTER_MS = 2_000
const MAX_STARTS = 3

/** Files of TLS (test/support/certificates.ts). With them a group refuses plain connections. */
export interface TlsFiles {
  ca: string
  cert: string
  key: string
  path: (name: string) => string
}

interface Node {
  port: number
  process: ChildProcess
  start(): Promise<void>
}

/** Starts servers in sub-folders of one folder, and stops them all. */
class Group {
  readonly #folder = mkdtempSync(join(tmpdir(), 'vote-redis-'))
  readonly #nodes: Node[] = []
  readonly #tls: TlsFiles | undefined

  readonly #name: string

  /** `name`: the one in the certificates. */
  constructor(tls: TlsFiles | undefined, name = 'db.example') {
    this.#tls = tls
    this.#name = name
  }

  /** Returns the settings of a port, each a name and its value. */
  listening(port: number): Array<[string, string]> {
    if (!this.#tls) return [['port', String(port)], ...local]
    const { ca, path } = this.#tls
    return [
      ['port', '0'],
      ['tls-port', String(port)],
      ['tls-ca-cert-file', ca],
      ['tls-cert-file', path('server.pem')],
      ['tls-key-file', path('server.key')],
      ['tls-replication', 'yes'],
      ...local
    ]
  }

  /** Returns the command line of a server. */
  server(port: number): string[] {
    const settings = this.listening(port).flatMap(([name, value]) => [`--${name}`, value])
    return [...settings, '--save', '', '--appendonly', 'yes', '--repl-diskless-sync-delay', '0']
  }

  /** Sends a command to a server on a new connection. */
  async ask<T>(port: number, work: (redis: Redis) => Promise<T>): Promise<T> {
    const tls = this.#tls && {
      ca: readFileSync(this.#tls.ca),
      cert: readFileSync(this.#tls.cert),
      key: readFileSync(this.#tls.key),
      servername: this.#name
    }
    const options = { host, port, lazyConnect: true, retryStrategy: () => null }
    const redis = new Redis(tls ? { ...options, tls } : options)
    redis.on('error', () => {}) // the command reports it
    try {
      await redis.connect()
      return await work(redis)
    } finally {
      redis.disconnect()
    }
  }

  answers(port: number) {
    return eventually(() => this.ask(port, redis => redis.ping()))
  }

  /**
   * Resolves when the replica has the data of its primary. Without them it would not be promoted.
   */
  hasSynced(port: number) {
    return eventuallyMatch(
      () => this.ask(port, redis => redis.info('replication')),
      /role:master|master_link_status:up/
    )
  }

  /**
   * Starts redis-server with these arguments on a free port and waits until it answers. Begins
   * again with another port where it ends: meanwhile another program may have taken one of its
   * ports.
   */
  async add(argumentsOf: (port: number, folder: string) => string[] | Promise<string[]>): Promise<Node> {
    for (let attempt = 0; attempt < MAX_STARTS; attempt++) {
      const port = await freePort()
      const folder = join(this.#folder, String(port))
      mkdirSync(folder, { recursive: true })
      const args = await argumentsOf(port, folder)
      const run = () => spawn('redis-server', args, { env: environment, cwd: folder, stdio: 'ignore' })
      const node: Node = {
        port,
        process: run(),
        start: async () => {
          node.process = run()
          await this.answers(port)
        }
      }
      this.#nodes.push(node)
      const ended = once(node.process, 'exit').then(() => 'ended')
      if ((await Promise.race([ended, this.answers(port)])) !== 'ended') return node
    }
    throw new Error(`redis-server ended ${MAX_STARTS} times`)
  }

  async stop() {
    for (const { process } of this.#nodes) await killHard(process)
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Starts a primary, its replica and three sentinels. The caller must call stop(). */
export async function startSentinels(tls?: TlsFiles) {
  const group = new Group(tls)
  try {
    const primary = await group.add(port => group.server(port))
    const replica = await group.add(port => [
      ...group.server(port),
      '--replicaof',
      host,
      String(primary.port)
    ])
    await group.hasSynced(replica.port)
    const sentinels: Node[] = []
    for (let n = 0; n < 3; n++)
      sentinels.push(
        await group.add((port, folder) => {
          const file = join(folder, 'sentinel.conf')
          writeFileSync(
            file,
            `${group
              .listening(port)
              .map(pair => pair.join(' '))
              .join('\n')}
sentinel monitor vote ${host} ${primary.port} 2
sentinel down-after-milliseconds vote ${DOWN_AFTER_MS}
sentinel failover-timeout vote 6000
`
          )
          return [file, '--sentinel']
        })
      )
    const info = async () => {
      const [first] = (await group.ask(sentinels[0]!.port, redis =>
        redis.call('SENTINEL', 'MASTERS')
      )) as string[][]
      const fields = new Map(first!.map((value, n) => [value, first![n + 1]]))
      return [fields.get('num-slaves'), fields.get('num-other-sentinels')]
    }
    await eventuallyEqual(info, ['1', '2'])
    const primaryPort = async () => {
      const [, port] = (await group.ask(sentinels[0]!.port, redis =>
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

/**
 * Starts three primaries and a replica of each. `name`: what the nodes announce instead of their
 * addresses. The caller must call stop().
 */
export async function startRedisCluster(tls?: TlsFiles, name?: string) {
  const group = new Group(tls, name)
  try {
    const nodes: Node[] = []
    for (let n = 0; n < 6; n++) {
      nodes.push(
        await group.add(async port => [
          ...group.server(port),
          ...(tls ? ['--tls-cluster', 'yes'] : []),
          ...(name ? ['--cluster-announce-hostname', name] : []),
          ...(name ? ['--cluster-preferred-endpoint-type', 'hostname'] : []),
          '--cluster-enabled',
          'yes',
          '--cluster-port',
          String(await freePort()),
          '--cluster-node-timeout',
          String(DOWN_AFTER_MS)
        ])
      )
    }
    const addresses = nodes.map(({ port }) => `${host}:${port}`)
    const client = tls ? ['--tls', '--cacert', tls.ca, '--cert', tls.cert, '--key', tls.key] : []
    const options = ['--cluster-replicas', '1', '--cluster-yes', ...client]
    execFileSync('redis-cli', ['--cluster', 'create', ...addresses, ...options], { stdio: 'ignore' })
    const isReady = async (port: number) =>
      /cluster_state:ok/.test(await group.ask(port, redis => redis.cluster('INFO')))
    for (const { port } of nodes) {
      await eventuallyEqual(() => isReady(port), true)
      await group.hasSynced(port)
    }
    const [first, ...others] = nodes
    /** The failed state and the role are in the third column. */
    const masters = async () => {
      const lines = await group.ask(others.at(-1)!.port, redis => redis.cluster('NODES'))
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
