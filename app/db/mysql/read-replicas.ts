/** Read-only servers: taken in turn while they are alive and close behind the primary, which stands in for them. */
import mysql, { type Connection, type PoolConnection, type RowDataPacket } from 'mysql2/promise'
import type { Observe, Queries } from '../database.ts'
import { ConnectionLost, DatabaseBusy, DatabaseRefused } from '../errors.ts'
import {
  type Address,
  acquireFrom,
  createQueries,
  createRunner,
  lending,
  type MysqlConfig,
  poolOptions,
  sessionSettings
} from './statements.ts'

/** How often each one is asked how far it is behind, and how long it may take to answer. */
const pause = 500
const timeoutMs = 500

/** `reason` says why it is left out; null that it is used again. */
export type Report = (replica: string, reason: string | null) => void

/** Why this replica may not be read from; null if it may. Asks as MySQL 8.0.22 and MariaDB 10.5 are asked. */
async function faultOf(connection: Connection, maxLag: number): Promise<string | null> {
  const [rows] = await connection.query<RowDataPacket[]>({ sql: 'SHOW REPLICA STATUS', timeout: timeoutMs })
  const [status] = rows
  if (!status) return 'it replicates nothing'
  const lag = status.Seconds_Behind_Source ?? status.Seconds_Behind_Master
  if (lag === null || lag === undefined) return 'replication stands still'
  return Number(lag) > maxLag ? `it is ${lag} s behind` : null
}

const nameOf = ({ host, port, socketPath }: Address) => socketPath ?? `${host}:${port}`

/** Opens what `database.replicas` lists; null without any. */
export function openReplicas(
  config: MysqlConfig,
  primary: Queries,
  observe?: Observe,
  report: Report = () => {}
) {
  const { replicas, replicaMaxLag } = config
  if (replicas.length === 0) return null

  const cluster = mysql.createPoolCluster({ removeNodeErrorCount: 1, restoreNodeTimeout: pause })
  for (const address of replicas) cluster.add(nameOf(address), poolOptions(config, address))
  // Chosen here by name and never removed: the cluster's remove() throws where nobody can catch it when a connection
  // of the one that is gone does not say goodbye.
  let inUse: string[] = []
  let turn = 0
  const prepared = new WeakSet<PoolConnection['connection']>()
  const stop = new AbortController()

  /** A cluster has no event for a new connection, so its settings are made when it is first lent. */
  const pool = {
    async getConnection() {
      const connection = await cluster.of(inUse[turn++ % inUse.length]!).getConnection()
      if (prepared.has(connection.connection)) return connection
      for (const sql of sessionSettings(timeoutMs)) await connection.query(sql)
      prepared.add(connection.connection)
      return connection
    }
  }

  function use(address: Address, fault: string | null, known: string | null | undefined) {
    const name = nameOf(address)
    inUse = inUse.filter(one => one !== name)
    if (fault === null) inUse.push(name)
    if (fault !== known) report(name, fault)
  }

  async function watch(address: Address) {
    let connection: Connection | undefined
    let known: string | null | undefined
    while (!stop.signal.aborted) {
      let fault: string | null
      try {
        if (!connection) {
          const options = { ...poolOptions(config, address), connectTimeout: timeoutMs }
          connection = await mysql.createConnection(options)
          connection.on('error', () => {}) // the next question says it
        }
        fault = await faultOf(connection, replicaMaxLag)
      } catch (error) {
        fault = (error as Error).message
        connection?.destroy()
        connection = undefined
      }
      if (stop.signal.aborted) break
      use(address, fault, known)
      known = fault
      await new Promise(resolve => setTimeout(resolve, pause).unref())
    }
    connection?.destroy()
  }
  for (const address of replicas) void watch(address)

  const server = { during: <T>(work: () => Promise<T>) => work() } // each replica is watched above
  const { run } = createRunner(server, timeoutMs, observe)
  const nearby = createQueries(
    lending(() => acquireFrom(pool, timeoutMs, server), timeoutMs),
    run
  )

  /** What a replica cannot answer now the primary answers. */
  async function read<T>(from: (queries: Queries) => Promise<T>): Promise<T> {
    if (inUse.length === 0) return from(primary)
    try {
      return await from(nearby)
    } catch (error) {
      const isAway = [ConnectionLost, DatabaseBusy, DatabaseRefused].some(kind => error instanceof kind)
      if (isAway) return from(primary)
      throw error
    }
  }

  return {
    queries: {
      select: <Row>(...args: Parameters<Queries['select']>) => read(queries => queries.select<Row>(...args)),
      fetchone: <Row>(...args: Parameters<Queries['fetchone']>) =>
        read(queries => queries.fetchone<Row>(...args))
    },
    async close() {
      stop.abort()
      await cluster.end()
    }
  }
}
