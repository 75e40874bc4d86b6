/** The data directory of a MariaDB on this machine: of the stack, of tests and of benchmarks. */
import { execFileSync, type StdioOptions } from 'node:child_process'
import { join } from 'node:path'
import { environment } from '../config/programs.ts'

/** The option of the user as whom a private server runs, if root starts it. */
export const userOptions: readonly string[] = process.getuid?.() === 0 ? ['--user=mysql'] : []

/**
 * Lists the options for a MariaDB that keeps everything in this directory. One that starts deletes
 * all temporary tables in its `tmpdir`, those of other servers too.
 */
export const dataOptions = (data: string) => [`--datadir=${data}`, `--tmpdir=${data}`]

/**
 * Creates a data directory of MariaDB; the user root has no password. `options`: the user as whom
 * the server runs, and what the system tables depend on.
 */
export function installMariadb(data: string, options = userOptions, stdio: StdioOptions = 'ignore') {
  const args = ['--no-defaults', ...options, ...dataOptions(data), '--skip-test-db']
  execFileSync('mariadb-install-db', [...args, '--auth-root-authentication-method=normal'], {
    env: environment,
    stdio
  })
}

/**
 * Lists the options for a mariadbd that serves this directory over a socket in it, with full
 * durability.
 */
export const mariadbOptions = (data: string) => [
  '--no-defaults',
  ...userOptions,
  ...dataOptions(data),
  `--socket=${join(data, 'mariadb.sock')}`,
  `--pid-file=${join(data, 'mariadb.pid')}`,
  '--skip-networking',
  '--max-connections=500',
  '--innodb-flush-log-at-trx-commit=1'
]
