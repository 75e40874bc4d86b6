/** The settings of a MySQL connection: the driver's options and the session's variables. */
import { connect } from 'node:net'
import type { PoolOptions, SslOptions } from 'mysql2/promise'
import type { Config } from '../../config/load.ts'
import { tlsOptions } from '../tls.ts'

export type MysqlConfig = Extract<Config['database'], { engine: 'mysql' }>
export type Address = Pick<MysqlConfig, 'host' | 'port' | 'socketPath'>

/** Names a server in the log. */
export const nameOf = ({ host, port, socketPath }: Address) => socketPath ?? `${host}:${port}`

const keepAliveInitialDelay = 10_000

/**
 * Builds the options for TLS. The driver verifies the certificate for `host`, so that is its name,
 * not the address.
 */
function overTls(tls: MysqlConfig['tls'], host: string, port: number): PoolOptions {
  const options = tlsOptions('database.tls', tls)
  if (!options) return {}
  const { servername, ...files } = options
  return {
    ssl: { ...files, rejectUnauthorized: true, verifyIdentity: true } as SslOptions, // files are buffers, as in node:tls
    ...(servername !== undefined && {
      host: servername,
      stream: () => connect({ host, port, keepAlive: true, keepAliveInitialDelay })
    })
  }
}

/**
 * Builds the driver's options for the server at this address, with the configured user and limits.
 */
export function poolOptions(config: MysqlConfig, { host, port, socketPath }: Address): PoolOptions {
  const { user, password, database, connectionLimit, queueLimit, connectTimeout, tls } = config
  return {
    ...(socketPath ? { socketPath } : { host, port }),
    ...overTls(tls, host, port),
    user,
    password: password ?? '',
    database,
    connectionLimit,
    maxIdle: connectionLimit,
    queueLimit,
    connectTimeout,
    keepAliveInitialDelay,
    charset: 'utf8mb4_unicode_ci',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    stringifyObjects: true,
    trace: false, // capturing a stack for each statement costs more than sending it; our own errors have one
    flags: ['-LOCAL_FILES'] // LOAD DATA LOCAL would let the server read files of this machine
  }
}

/**
 * How much longer the server works on a statement than its client waits: the server never stops one
 * too early.
 */
const SERVER_GRACE_MS = 500

/**
 * Returns the statement that limits how long the server works on each statement of the session.
 * MariaDB takes seconds and limits every statement; MySQL takes milliseconds and limits SELECT.
 * Each reads the other's setting as a comment.
 */
export function serverTimeLimit(timeoutMs: number): string {
  const limitMs = timeoutMs + SERVER_GRACE_MS
  return `SET SESSION /*M! max_statement_time = ${limitMs / 1000} */ /*!80000 max_execution_time = ${limitMs} */`
}

/**
 * Returns the statements that set up a session for statements of `timeoutMs`. The wait for a row
 * lock is one second, the least that the server accepts.
 */
export const sessionSettings = (timeoutMs: number): string[] => [
  "SET SESSION sql_mode = 'TRADITIONAL,ONLY_FULL_GROUP_BY', time_zone = '+00:00', innodb_lock_wait_timeout = 1",
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  serverTimeLimit(timeoutMs)
]
