/**
 * Read replicas of MySQL, used in turn while they answer and their lag is small. Otherwise the
 * primary is used.
 */
import { setTimeout as delay } from 'node:timers/promises'
import mysql, {
  type Connection,
  type PoolCluster,
  type PoolConnection,
  type RowDataPacket
} from 'mysql2/promise'
import type { Argument, Observe, Queries } from '../database.ts'
import { ConnectionLost, DatabaseBusy, DatabaseRefused } from '../errors.ts'
import { type ConnectionSource, PoolQueries } from './pool.ts'
import { PROBE_TIMEOUT_MS, ServerProbe } from './server-probe.ts'
import { type Address, type MysqlConfig, nameOf, poolOptions, sessionSettings } from './settings.ts'

/** Time between two checks of a replica's lag. */
const checkIntervalMs = 500
/** Time limit of a statement on a replica: after it the primary answers. */
const timeoutMs = 500

export interface ReplicaListeners {
  /** Called after each statement. */
  observe?: Observe
  /** Called when a replica changes state. `reason` says why it is not used; null: it is used. */
  onReplica?: (replica: string, reason: string | null) => void
  /** Called after each check with the lag of a replica; null: unknown. */
  onReplicaLag?: (replica: string, seconds: number | null) => void
}

/** Returns the seconds that this replica is behind, or a reason not to read from it. Needs MySQL 8.0.22 or MariaDB 10.5. */
async function findLag(connection: Connection): Promise<number | string> {
  const [rows] = await connection.query<RowDataPacket[]>({
    sql: 'SHOW REPLICA STATUS',
    timeout: PROBE_TIMEOUT_MS
  })
  const [status] = rows
  if (!status) return 'it is not a replica'
  const lag = status.Seconds_Behind_Source ?? status.Seconds_Behind_Master
  if (lag === null || lag === undefined) return 'replication has stopped'
  return Number(lag)
}

/** The pools of the replicas. A replica is chosen by name, in turn among those in use. */
class ReplicaPools implements ConnectionSource {
  readonly #cluster: PoolCluster
  readonly #prepared = new WeakSet<PoolConnection['connection']>()
  #inUse: string[] = []
  #turn = 0

  constructor(config: MysqlConfig) {
    this.#cluster = mysql.createPoolCluster({
      removeNodeErrorCount: 1,
      restoreNodeTimeout: checkIntervalMs
    })
    for (const address of config.replicas) this.#cluster.add(nameOf(address), poolOptions(config, address))
  }

  get hasReplicas() {
    return this.#inUse.length > 0
  }

  /**
   * Marks a replica as usable or not. It stays in the cluster: `remove()` can throw an uncaught
   * error.
   */
  setUsable(name: string, isUsable: boolean) {
    const others = this.#inUse.filter(other => other !== name)
    this.#inUse = isUsable ? [...others, name] : others
  }

  /**
   * Applies the session settings before the first use: a cluster has no event for new connections.
   */
  async getConnection(): Promise<PoolConnection> {
    const name = this.#inUse[this.#turn++ % this.#inUse.length]!
    const connection = await this.#cluster.of(name).getConnection()
    if (this.#prepared.has(connection.connection)) return connection
    for (const sql of sessionSettings(timeoutMs)) await connection.query(sql)
    this.#prepared.add(connection.connection)
    return connection
  }

  close() {
    return this.#cluster.end()
  }
}

/** Reads from the replicas that `database.replicas` lists. */
export class ReadReplicas implements Pick<Queries, 'select' | 'fetchone'> {
  readonly #primary: Queries
  readonly #pools: ReplicaPools
  readonly #queries: Queries
  readonly #listeners: ReplicaListeners
  readonly #stop = new AbortController()

  constructor(config: MysqlConfig, primary: Queries, listeners: ReplicaListeners = {}) {
    this.#primary = primary
    this.#pools = new ReplicaPools(config)
    const liveness = { race: <T>(work: () => Promise<T>) => work() } // the checks below detect a silent replica
    this.#queries = new PoolQueries(this.#pools, liveness, timeoutMs, listeners.observe)
    this.#listeners = listeners
    for (const address of config.replicas) void this.#watch(config, address)
  }

  select<Row>(sql: string, args?: readonly Argument[], size?: number): Promise<Row[]> {
    return this.#read(queries => queries.select<Row>(sql, args, size))
  }

  fetchone<Row>(sql: string, args?: readonly Argument[]): Promise<Row | undefined> {
    return this.#read(queries => queries.fetchone<Row>(sql, args))
  }

  async close() {
    this.#stop.abort()
    await this.#pools.close()
  }

  /** Reads from a replica, or from the primary if no replica can answer now. */
  async #read<T>(read: (queries: Queries) => Promise<T>): Promise<T> {
    if (!this.#pools.hasReplicas) return read(this.#primary)
    try {
      return await read(this.#queries)
    } catch (error) {
      const isUnavailable = [ConnectionLost, DatabaseBusy, DatabaseRefused].some(
        kind => error instanceof kind
      )
      if (isUnavailable) return read(this.#primary)
      throw error
    }
  }

  async #watch(config: MysqlConfig, address: Address) {
    const name = nameOf(address)
    let lag: number | null = null
    const probe = new ServerProbe(config, address, async connection => {
      const found = await findLag(connection)
      if (typeof found === 'string') return found
      lag = found
      return found > config.replicaMaxLag ? `it is ${found} s behind` : null
    })
    let known: string | null | undefined
    while (!this.#stop.signal.aborted) {
      lag = null
      const fault = await probe.check()
      if (this.#stop.signal.aborted) break
      this.#pools.setUsable(name, fault === null)
      this.#listeners.onReplicaLag?.(name, lag)
      if (fault !== known) this.#listeners.onReplica?.(name, fault)
      known = fault
      await delay(checkIntervalMs, undefined, { ref: false })
    }
    probe.close()
  }
}
