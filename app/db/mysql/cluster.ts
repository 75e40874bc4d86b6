/**
 * A database of several servers with one writer at a time: Galera, InnoDB Cluster, or a primary
 * with a standby.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Argument, Database, Queries, Reads, Step, Transaction } from '../database.ts'
import { CommitUnknown, ConnectionLost } from '../errors.ts'
import { type Listeners, MysqlDatabase } from './database.ts'
import { dialect } from './dialect.ts'
import { ReadReplicas } from './read-replicas.ts'
import { type Address, type MysqlConfig, nameOf } from './settings.ts'
import { ServerProbe } from './server-probe.ts'
import { findWriterFault } from './writer-fault.ts'

/** Time between two checks of the servers. A lost connection starts one at once. */
const CHECK_INTERVAL_MS = 500
/** A server that has not answered a check for this long is not used until it answers. */
const SLOW_AFTER_MS = 100
/**
 * A server that returns must pass its checks for this long before it is preferred again: a node
 * that was frozen reports for a moment that it still belongs to its cluster.
 */
const RETURN_AFTER_MS = 3_000

/** One server of the list. */
class Server {
  readonly name: string
  readonly database: MysqlDatabase
  readonly #probe: ServerProbe
  /** Why the server must not be written to, or null. */
  fault: string | null = 'it was not checked yet'
  #isNew = true
  #soundSince = 0

  constructor(config: MysqlConfig, address: Address, listeners: Listeners) {
    this.name = nameOf(address)
    this.database = new MysqlDatabase({ ...config, ...address, hosts: [], replicas: [] }, listeners)
    this.#probe = new ServerProbe(config, address, findWriterFault)
  }

  /**
   * Whether it has passed its checks for long enough to be preferred to later servers of the list.
   */
  get isSteady() {
    return this.fault === null && performance.now() >= this.#soundSince + RETURN_AFTER_MS
  }

  /** Updates `fault`. */
  async check() {
    const slow = setTimeout(() => this.#setFault('it does not answer'), SLOW_AFTER_MS)
    const fault = await this.#probe.check()
    clearTimeout(slow)
    this.#setFault(fault)
    this.#isNew = false
  }

  close() {
    this.#probe.close()
    return this.database.close()
  }

  #setFault(fault: string | null) {
    // A server that passes the first check of the process is preferred at once.
    if (fault === null && this.fault !== null) this.#soundSince = this.#isNew ? -Infinity : performance.now()
    this.fault = fault
  }
}

/**
 * Uses the first server of `database.hosts` that accepts writes, for writes and reads. All
 * processes use the same order and so agree on the writer, also after a server has returned: two
 * writers would reject each other's transactions. Nothing is lost while processes briefly disagree:
 * the servers certify every transaction at COMMIT.
 */
export class MysqlCluster implements Database {
  readonly dialect = dialect
  readonly replica: Reads
  readonly #servers: readonly Server[]
  readonly #replicas: ReadReplicas | null
  readonly #onWriter: NonNullable<Listeners['onWriter']>
  readonly #stop = new AbortController()
  #lastWriter: Server
  #checking: Promise<unknown> | undefined
  /**
   * Every statement waits for it: before it no writer is known, and the first server may be down or
   * read-only. It ends by the time limits of the probes.
   */
  readonly #firstCheck: Promise<unknown>

  constructor(config: MysqlConfig, listeners: Listeners = {}) {
    this.#servers = config.hosts.map(host => new Server(config, { ...host, socketPath: null }, listeners))
    this.#lastWriter = this.#servers[0]!
    this.#onWriter = listeners.onWriter ?? (() => {})
    this.#replicas = config.replicas.length > 0 ? new ReadReplicas(config, this, listeners) : null
    this.replica = this.#replicas ?? this
    this.#firstCheck = this.#checkAll()
    void this.#watch()
  }

  async scrub() {}

  select<Row>(sql: string, args?: readonly Argument[], size?: number): Promise<Row[]> {
    return this.#read(database => database.select<Row>(sql, args, size))
  }

  fetchone<Row>(sql: string, args?: readonly Argument[]): Promise<Row | undefined> {
    return this.#read(database => database.fetchone<Row>(sql, args))
  }

  execute(sql: string, args?: readonly Argument[]) {
    return this.#run(database => database.execute(sql, args))
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>, timeoutMs?: number): Promise<T> {
    return this.#run(database => database.transaction(work, timeoutMs))
  }

  commitAll(steps: readonly Step[], timeoutMs?: number): Promise<string | null> {
    return this.#run(database => database.commitAll(steps, timeoutMs))
  }

  /** The lock is local to the writer: another process takes it there too. */
  withAdvisoryLock<T>(name: string, work: (queries: Queries) => Promise<T>, timeoutMs?: number): Promise<T> {
    return this.#run(database => database.withAdvisoryLock(name, work, timeoutMs))
  }

  async close() {
    this.#stop.abort()
    await Promise.all([this.#replicas?.close(), ...this.#servers.map(server => server.close())])
  }

  /**
   * Returns the server to use now: the first steady one, else one that accepts writes, else the
   * last one used.
   */
  get #writer(): Server {
    const last = this.#lastWriter
    const writer =
      this.#servers.find(server => server.isSteady) ??
      [last, ...this.#servers].find(({ fault }) => fault === null) ??
      last
    if (writer !== last) {
      this.#lastWriter = writer
      this.#onWriter(writer.name, last.fault)
    }
    return writer
  }

  async #run<T>(work: (database: MysqlDatabase) => Promise<T>): Promise<T> {
    await this.#firstCheck
    try {
      return await work(this.#writer.database)
    } catch (error) {
      // Not repeated here. If the caller repeats it, the new writer is used.
      if (error instanceof ConnectionLost || error instanceof CommitUnknown) void this.#checkAll()
      throw error
    }
  }

  /** Repeats a failed read on the new writer. */
  async #read<T>(work: (database: MysqlDatabase) => Promise<T>): Promise<T> {
    await this.#firstCheck
    const writer = this.#writer
    try {
      return await work(writer.database)
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error
      await Promise.race([this.#checkAll(), delay(SLOW_AFTER_MS + 1)])
      if (this.#writer === writer) throw error
      return work(this.#writer.database)
    }
  }

  /** Checks all servers. Concurrent calls share one check. */
  #checkAll(): Promise<unknown> {
    this.#checking ??= Promise.all(this.#servers.map(server => server.check())).finally(() => {
      this.#checking = undefined
    })
    return this.#checking
  }

  async #watch() {
    while (!this.#stop.signal.aborted) {
      await this.#checkAll()
      await delay(CHECK_INTERVAL_MS, undefined, { ref: false })
    }
  }
}
