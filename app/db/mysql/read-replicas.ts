/**
 * Read replicas of MySQL, used in turn while they answer and their lag is small. Otherwise the
 * primary is used.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Connection, Pool, RowDataPacket } from 'mysql2/promise'
import type { Argument, Observe, Queries, Reads } from '../database.ts'
import { isUnavailable } from '../errors.ts'
import { openPool, PoolQueries } from './pool.ts'
import { PROBE_TIMEOUT_MS, ServerProbe } from './server-probe.ts'
import { type Address, type MysqlConfig, nameOf, poolOptions, sessionSettings } from './settings.ts'

/** Time between two checks of a replica's lag. */
const CHECK_INTERVAL_MS = 500
/** Time limit of a statement on a replica: after it the primary answers. */
const TIMEOUT_MS = 500

export interface ReplicaListeners {
  /** Called after each statement. */
  observe?: Observe
  /** Called when a new connection rejects its session settings. */
  onSetupError?: (error: Error) => void
  /** Called when a replica changes state. `reason` says why it is not used; null: it is used. */
  onReplica?: (replica: string, reason: string | null) => void
  /** Called after each check with the lag of a replica; null: unknown. */
  onReplicaLag?: (replica: string, seconds: number | null) => void
}

/**
 * Returns the seconds that this replica is behind, or a reason not to read from it. Needs MySQL
 * 8.0.22 or MariaDB 10.5.
 */
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

/** Reads from the replicas that `database.replicas` lists. */
export class ReadReplicas implements Reads {
  readonly #primary: Queries
  readonly #pools: ReadonlyMap<Address, Pool>
  /** Of the replicas that may be used now. */
  readonly #inUse = new Set<Pool>()
  #turn = 0
  readonly #queries: Queries
  readonly #listeners: ReplicaListeners
  readonly #stop = new AbortController()

  constructor(config: MysqlConfig, primary: Queries, listeners: ReplicaListeners = {}) {
    this.#primary = primary
    const { observe, onSetupError } = listeners
    const settings = sessionSettings(TIMEOUT_MS)
    const open = (address: Address) => openPool(poolOptions(config, address), settings, onSetupError)
    this.#pools = new Map(config.replicas.map(address => [address, open(address)]))
    const inTurn = { getConnection: () => this.#nextPool().getConnection() }
    const liveness = { race: <T>(work: () => Promise<T>) => work() } // the checks below detect a silent replica
    this.#queries = new PoolQueries(inTurn, liveness, TIMEOUT_MS, observe)
    this.#listeners = listeners
    for (const [address, pool] of this.#pools) void this.#watch(config, address, pool)
  }

  select<Row>(sql: string, args?: readonly Argument[], size?: number): Promise<Row[]> {
    return this.#read(queries => queries.select<Row>(sql, args, size))
  }

  fetchone<Row>(sql: string, args?: readonly Argument[]): Promise<Row | undefined> {
    return this.#read(queries => queries.fetchone<Row>(sql, args))
  }

  async close() {
    this.#stop.abort()
    await Promise.all([...this.#pools.values()].map(pool => pool.end()))
  }

  #nextPool(): Pool {
    return [...this.#inUse][this.#turn++ % this.#inUse.size]!
  }

  /** Reads from a replica, or from the primary if no replica can answer now. */
  async #read<T>(read: (queries: Queries) => Promise<T>): Promise<T> {
    if (this.#inUse.size === 0) return read(this.#primary)
    try {
      return await read(this.#queries)
    } catch (error) {
      if (isUnavailable(error)) return read(this.#primary)
      throw error
    }
  }

  async #watch(config: MysqlConfig, address: Address, pool: Pool) {
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
      if (fault === null) this.#inUse.add(pool)
      else this.#inUse.delete(pool)
      this.#listeners.onReplicaLag?.(name, lag)
      if (fault !== known) this.#listeners.onReplica?.(name, fault)
      known = fault
      await delay(CHECK_INTERVAL_MS, undefined, { ref: false })
    }
    probe.close()
  }
}
