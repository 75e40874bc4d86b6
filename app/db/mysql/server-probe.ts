/** Checks whether a server can be used now. */
import mysql, { type Connection } from 'mysql2/promise'
import { type Address, type MysqlConfig, poolOptions } from './settings.ts'

/** Time limit of a statement of a check; a server that needs longer is not used. */
export const PROBE_TIMEOUT_MS = 500

/** Checks one server on its own connection and reconnects after an error. */
export class ServerProbe {
  readonly #config: MysqlConfig
  readonly #address: Address
  readonly #findFault: (connection: Connection) => Promise<string | null>
  #connection: Connection | undefined
  #isClosed = false

  /** `findFault` returns why the server must not be used, or null. */
  constructor(
    config: MysqlConfig,
    address: Address,
    findFault: (connection: Connection) => Promise<string | null>
  ) {
    this.#config = config
    this.#address = address
    this.#findFault = findFault
  }

  /** Returns why the server must not be used, or null. */
  async check(): Promise<string | null> {
    try {
      this.#connection ??= await this.#connect()
      return await this.#findFault(this.#connection)
    } catch (error) {
      this.#disconnect()
      return (error as Error).message
    }
  }

  /** Closes the connection, also one that a check under way is opening. Later checks fail. */
  close() {
    this.#isClosed = true
    this.#disconnect()
  }

  #disconnect() {
    this.#connection?.destroy()
    this.#connection = undefined
  }

  async #connect() {
    const options = { ...poolOptions(this.#config, this.#address), connectTimeout: PROBE_TIMEOUT_MS }
    const connection = await mysql.createConnection(options)
    connection.on('error', () => {}) // the next check reports it
    if (this.#isClosed) connection.destroy() // meanwhile
    return connection
  }
}
