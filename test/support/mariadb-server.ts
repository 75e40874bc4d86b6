/** Starts MariaDB servers on loopback ports, for tests with several servers. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import mysql, { type Connection } from 'mysql2/promise'
import { environment } from '../../app/config/programs.ts'
import { dataOptions, installMariadb, userOptions } from '../../app/ops/mariadb.ts'
import { freePort } from '../../app/ops/servers.ts'
import { eventually } from './eventually.ts'
import { killHard } from './kill.ts'

export interface Server {
  port: number
  process: ChildProcess
  /** A connection of root. */
  admin: Connection
  /** Kills the process, also a frozen one. */
  kill(): Promise<void>
}

/** Starts a server whose `server_id` is `id` on a data directory in `folder`. */
export async function startServer(folder: string, id: number, more: string[] = []): Promise<Server> {
  const port = await freePort()
  const data = join(folder, String(id))
  const socketPath = join(data, 'm.sock')
  installMariadb(data)
  const network = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${socketPath}`]
  const options = [
    '--no-defaults',
    ...userOptions,
    ...dataOptions(data),
    ...network,
    `--server-id=${id}`,
    ...more
  ]
  const child = spawn('mariadbd', options, { env: environment, stdio: 'ignore' })
  const admin = await eventually(() => mysql.createConnection({ socketPath, user: 'root' }))
  admin.on('error', () => {}) // its server is killed on purpose
  async function kill() {
    admin.destroy()
    await killHard(child)
  }
  return { port, process: child, admin, kill }
}
