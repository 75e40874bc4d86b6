/**
 * A real Galera cluster of three MariaDB nodes on loopback ports, whose nodes can be killed, frozen
 * and cut off.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { environment } from '../../app/config/programs.ts'
import { onPath, type Packages } from '../../app/ops/install.ts'
import { dataOptions, installMariadb } from '../../app/ops/mariadb.ts'
import { freePort } from '../../app/ops/servers.ts'
import { killHard } from './kill.ts'

const provider = '/usr/lib/galera/libgalera_smm.so'
/** Packages of a cluster beside those of the stack. */
export const galeraPackages: Packages = { 'galera-4': ['test', '-e', provider], rsync: onPath('rsync') }

const syncTimeoutMs = 60_000

interface Ports {
  sql: number
  /** Of the group's messages; the next port receives missing transactions. */
  group: number
  /** Receives a whole copy of the data. */
  copy: number
}

const optionsOf = (data: string, { sql, group, copy }: Ports, groups: readonly number[]) => [
  '--no-defaults',
  '--user=mysql',
  ...dataOptions(data),
  `--port=${sql}`,
  '--bind-address=127.0.0.1',
  `--socket=${join(data, 'mariadb.sock')}`,
  `--pid-file=${join(data, 'mariadb.pid')}`,
  `--log-error=${join(data, 'error.log')}`,
  '--max-connections=500',
  '--binlog-format=ROW',
  '--innodb-autoinc-lock-mode=2',
  '--innodb-flush-log-at-trx-commit=1',
  '--wsrep-on=ON',
  `--wsrep-provider=${provider}`,
  '--wsrep-cluster-name=vote',
  `--wsrep-node-name=${sql}`,
  `--wsrep-node-address=127.0.0.1:${group}`,
  `--wsrep-node-incoming-address=127.0.0.1:${sql}`,
  '--wsrep-sst-method=rsync',
  `--wsrep-sst-receive-address=127.0.0.1:${copy}`,
  `--wsrep-cluster-address=gcomm://${groups.map(port => `127.0.0.1:${port}`).join()}`,
  '--wsrep-provider-options=' +
    [
      `base_port=${group}`,
      `gmcast.listen_addr=tcp://127.0.0.1:${group}`,
      `ist.recv_addr=127.0.0.1:${group + 1}`,
      'gcache.size=64M',
      'evs.suspect_timeout=PT2S',
      'evs.inactive_timeout=PT6S',
      'evs.keepalive_period=PT0.5S'
    ].join(';')
]

/** One node. Its user `vote` has all rights on the database `vote`. */
class Node {
  readonly port: number
  readonly #data: string
  readonly #options: string[]
  #process: ChildProcess | undefined

  constructor(folder: string, ports: Ports, groups: readonly number[]) {
    this.port = ports.sql
    this.#data = join(folder, String(ports.sql))
    this.#options = optionsOf(this.#data, ports, groups)
  }

  get pid() {
    const { pid } = this.#process ?? {}
    if (pid === undefined) throw new Error('the node does not run')
    return pid
  }

  /** Starts the node and waits until it has everything. `first`: it forms a new cluster. */
  async start(first = false) {
    if (!existsSync(join(this.#data, 'mysql'))) installMariadb(this.#data)
    const more = first ? ['--wsrep-new-cluster'] : this.#recoveredPosition()
    this.#process = spawn('mariadbd', [...this.#options, ...more], { env: environment, stdio: 'ignore' })
    await this.untilSynced()
  }

  /** Waits until the node belongs to the cluster and has everything. */
  async untilSynced() {
    const deadline = performance.now() + syncTimeoutMs
    while ((await this.state()) !== 'Synced') {
      if (this.#process?.exitCode !== null || performance.now() > deadline) throw new Error(this.#log())
      await delay(100)
    }
  }

  /** Returns the node's name of its state; undefined if it does not answer. */
  async state(): Promise<string | undefined> {
    try {
      return await this.query(async connection => {
        const [rows] = await connection.query<RowDataPacket[]>("SHOW STATUS LIKE 'wsrep_local_state_comment'")
        return rows[0]?.Value as string
      })
    } catch {
      return undefined
    }
  }

  /** Runs `work` as root on a connection of its own. */
  async query<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const socketPath = join(this.#data, 'mariadb.sock')
    const connection = await mysql.createConnection({ socketPath, user: 'root', connectTimeout: 500 })
    connection.on('error', () => {}) // the statement that waits reports it
    try {
      return await work(connection)
    } finally {
      connection.destroy()
    }
  }

  signal(name: NodeJS.Signals) {
    process.kill(this.pid, name)
  }

  /** Cuts the node off from the other nodes, or connects it again. */
  isolate(isCutOff: boolean) {
    return this.query(connection =>
      connection.query(`SET GLOBAL wsrep_provider_options = 'gmcast.isolate=${isCutOff ? 1 : 0}'`)
    )
  }

  /** Ends the process at once. */
  async kill() {
    if (this.#process) await killHard(this.#process)
  }

  #log() {
    return `a node is not synced: ${readFileSync(join(this.#data, 'error.log'), 'utf8').slice(-2_000)}`
  }

  /** After a kill InnoDB knows the last transaction; with it the node needs only what it missed. */
  #recoveredPosition(): string[] {
    if (!existsSync(join(this.#data, 'grastate.dat'))) return []
    const args = [...this.#options, '--skip-networking', '--wsrep-recover']
    // The log of the recovery is on standard error only without a log file.
    const { stderr } = spawnSync(
      'mariadbd',
      args.filter(arg => !arg.startsWith('--log-error')),
      {
        env: environment,
        encoding: 'utf8'
      }
    )
    const position = /Recovered position: *(\S+)/.exec(stderr)?.[1]
    return position ? [`--wsrep-start-position=${position}`] : []
  }
}

/** Starts three nodes with an empty database `vote`. The caller must call stop(). */
export async function startGalera() {
  const folder = mkdtempSync(join(tmpdir(), 'vote-galera-'))
  chmodSync(folder, 0o755) // MariaDB runs as another user
  const ports: Ports[] = []
  for (let n = 0; n < 3; n++)
    ports.push({ sql: await freePort(), group: await freePort(), copy: await freePort() })
  const groups = ports.map(({ group }) => group)
  const nodes = ports.map(one => new Node(folder, one, groups))
  async function stop() {
    await Promise.all(nodes.map(node => node.kill()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    for (const [n, node] of nodes.entries()) await node.start(n === 0)
    await nodes[0]!.query(async connection => {
      await connection.query('CREATE DATABASE vote')
      await connection.query('CREATE USER vote')
      await connection.query('GRANT ALL ON vote.* TO vote')
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { nodes, stop }
}
