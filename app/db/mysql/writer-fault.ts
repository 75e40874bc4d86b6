/** Tells whether a server accepts writes now. */
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { PROBE_TIMEOUT_MS } from './server-probe.ts'

/** MySQL and MariaDB up to 11 return a number, later versions of MariaDB return a word. */
const isOn = (value: unknown) => !['0', 'OFF'].includes(String(value))

/**
 * Returns why the server must not be written to, or null. A Galera node is ready while it belongs
 * to the primary component, and Synced after it has received all changes. A standby and a secondary
 * of InnoDB Cluster are read-only.
 */
export async function findWriterFault(connection: Connection): Promise<string | null> {
  const [settings] = await connection.query<RowDataPacket[]>({
    sql: 'SELECT @@global.read_only AS read_only',
    timeout: PROBE_TIMEOUT_MS
  })
  if (isOn(settings[0]?.read_only)) return 'it is read-only'
  const [rows] = await connection.query<RowDataPacket[]>({
    sql: "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_local_state_comment')",
    timeout: PROBE_TIMEOUT_MS
  })
  const status = new Map(rows.map(row => [row.Variable_name as string, row.Value as string]))
  const state = status.get('wsrep_local_state_comment')
  if (state === undefined || state === '') return null // no Galera node
  if (status.get('wsrep_ready') !== 'ON') return 'it is not in the primary component'
  return state === 'Synced' ? null : `its state is ${state}`
}
