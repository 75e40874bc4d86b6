/** The command-line clients of MariaDB and MySQL, for dumps. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { getCACertificates } from 'node:tls'
import { root } from '../config/load.ts'
import { findWriterFault } from '../db/mysql/writer-fault.ts'
import { ServerProbe } from '../db/mysql/server-probe.ts'
import { type Address, type MysqlConfig, nameOf } from '../db/mysql/settings.ts'
import { environment } from '../config/programs.ts'
import { CommandError } from './command.ts'

export interface Client {
  program: string
  isMariadb: boolean
}

/**
 * Finds the first of these programs that is installed, and whether it is MariaDB's. Throws
 * CommandError.
 */
export function findClient(...programs: string[]): Client {
  for (const program of programs) {
    const { status, stdout } = spawnSync(program, ['--version'], { env: environment, encoding: 'utf8' })
    if (status === 0) return { program, isMariadb: stdout.includes('MariaDB') }
  }
  throw new CommandError(`✖ Neither ${programs.join(' nor ')} is installed`)
}

/**
 * Writes the certificate authorities that the application trusts to a file in a new folder, where
 * the client needs it: MySQL's knows none by itself. Null: it needs none.
 */
function writeAuthorities(tls: MysqlConfig['tls'], isMariadb: boolean): string | null {
  if (isMariadb || tls === false || (tls !== true && tls.ca !== null)) return null
  const file = join(mkdtempSync(join(tmpdir(), 'vote-client-')), 'ca.pem')
  writeFileSync(file, getCACertificates('default').join('\n'))
  return file
}

/**
 * Lists the options for TLS. The clients verify the name of the host only: with `serverName`, the
 * certificate alone.
 */
function tlsArguments(tls: MysqlConfig['tls'], isMariadb: boolean, authorities: string | null): string[] {
  // From 11.4 on MariaDB's clients ask for TLS, and verify the server, unless told otherwise.
  if (tls === false) return isMariadb ? ['--skip-ssl'] : []
  const { ca = null, cert = null, key = null, serverName = null } = tls === true ? {} : tls
  const files = Object.entries({ ca: ca ?? authorities, cert, key }).flatMap(([name, path]) =>
    path === null ? [] : [`--ssl-${name}=${resolve(root, path)}`]
  )
  if (isMariadb) return ['--ssl', ...files, `--${serverName === null ? '' : 'skip-'}ssl-verify-server-cert`]
  return [`--ssl-mode=${serverName === null ? 'VERIFY_IDENTITY' : 'VERIFY_CA'}`, ...files]
}

/**
 * Returns the server to work on: of `database.hosts` the first that accepts writes. Throws
 * CommandError if none does.
 */
async function findServer(config: MysqlConfig): Promise<Address> {
  if (config.hosts.length === 0) return config
  const faults: string[] = []
  for (const host of config.hosts) {
    const address = { ...host, socketPath: null }
    const probe = new ServerProbe(config, address, findWriterFault)
    const fault = await probe.check()
    probe.close()
    if (fault === null) return address
    faults.push(`${nameOf(address)}: ${fault}`)
  }
  throw new CommandError(`✖ No server of database.hosts accepts writes (${faults.join('; ')})`)
}

/**
 * Errors that quote values of rows, or of the statement; others quote tables, columns, files and
 * the like.
 */
const QUOTES_VALUES = /^ERROR (1062|1064|1265|1292|1300|1366|1367|1411|1525|1586|3140) /

/**
 * Returns what a client reports. While it loads a dump it also prints the statement that failed,
 * with its rows; and the error itself may quote values.
 */
function reported(errors: string, isLoading: boolean): string {
  if (!isLoading) return errors.trim()
  const line = errors.split('\n').find(text => text.startsWith('ERROR'))
  if (line === undefined) return 'it gave no reason'
  return QUOTES_VALUES.test(line) ? line.replace(/['"].*/, '…') : line
}

/**
 * Signals that end this process, and with it the client: it would go on loading beside the next
 * run.
 */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a client on the configured database, with files as its input and output. Throws CommandError
 * if it fails.
 */
export async function runClient(
  config: MysqlConfig,
  { program, isMariadb }: Client,
  options: readonly string[],
  { stdin, stdout }: { stdin?: number; stdout?: number }
) {
  const { host, port, socketPath } = await findServer(config)
  const { user, password, database, tls } = config
  const authorities = writeAuthorities(tls, isMariadb)
  const address = socketPath ? ['--socket', socketPath] : ['--host', host, '--port', String(port)]
  const security = tlsArguments(tls, isMariadb, authorities)
  const login = ['--user', user, '--default-character-set=utf8mb4', ...security]
  const forward = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, forward) // before the client runs
  const child = spawn(program, ['--no-defaults', ...address, ...login, ...options, database], {
    // The password goes through the environment: every user of the machine can read arguments.
    env: { ...environment, ...(password !== null && { MYSQL_PWD: password }) },
    stdio: [stdin ?? 'ignore', stdout ?? 'ignore', 'pipe']
  })
  let errors = ''
  child.stderr?.on('data', (text: Buffer) => (errors += String(text)))
  const end = await new Promise<number | NodeJS.Signals>(resolve =>
    child.once('close', (code, signal) => resolve((code ?? signal)!))
  )
  for (const signal of SIGNALS) process.off(signal, forward)
  if (authorities !== null) rmSync(dirname(authorities), { recursive: true })
  if (typeof end === 'string') throw new CommandError(`✖ ${program} was ended by ${end}`)
  if (end !== 0) throw new CommandError(`✖ ${program} failed: ${reported(errors, stdin !== undefined)}`)
}
