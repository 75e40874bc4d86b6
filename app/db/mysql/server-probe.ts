/** Tells whether a server accepts writes now. */
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { type Address, type MysqlConfig, poolOptions } from './settings.ts'

/** Time limit of a check; a server that needs longer is not used. */
const timeoutMs = 500

/** MySQL and MariaDB up to 11 return a number, later versions of MariaDB return a word. */
const isOn = (value: unknown) => !['0', 'OFF'].includes(String(value))

/**
 * Returns why the server must not be written to, or null. A Galera node is ready while it belongs
 * to the primary component, and Synced after it has received all changes. A standby and a secondary
 * of InnoDB Cluster are read-only.
 */
async function findFault(connection: Connection): Promise<string | null> {
  const [settings] = await connection.query<RowDataPacket[]>({
    sql: 'SELECT @@global.read_only AS read_only',
    timeout: timeoutMs
  })
  if (isOn(settings[0]?.read_only)) return 'it is read-only'
  const [rows] = await connection.query<RowDataPacket[]>({
    sql: "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_local_state_comment')",
    timeout: timeoutMs
  })
  const status = new Map(rows.map(row => [row.Variable_name as string, row.Value as string]))
  const state = status.get('wsrep_local_state_comment')
  if (state === undefined || state === '') return null // no Galera node
  if (status.get('wsrep_ready') !== 'ON') return 'it is not in the primary component'
  return state === 'Synced' ? null : `its state is ${state}`
}

/** Checks one server on its own connection and reconnects after an error. */
export class WriterProbe {
  readonly #config: MysqlConfig
  readonly #address: Address
  #connection: Connection | undefined

  constructor(config: MysqlConfig, address: Address) {
    this.#config = config
    this.#address = address
  }

  /** Returns why the server must not be written to, or null. */
  async check(): Promise<string | null> {
    try {
      this.#connection ??= await this.#connect()
      return await findFault(this.#connection)
    } catch (error) {
      this.close()
      return (error as Error).message
    }
  }

  close() {
    this.#connection?.destroy()
    this.#connection = undefined
  }

  async #connect() {
    const options = { ...poolOptions(this.#config, this.#address), connectTimeout: timeoutMs }
    const connection = await mysql.createConnection(options)
    connection.on('error', () => {}) // the next check reports it
    return connection
  }
}
