/** A copy of the whole database in one file, and back. Votes may arrive while it is made. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { backup as copyPages, DatabaseSync } from 'node:sqlite'
import type { Config } from '../config/load.ts'
import type { Database } from '../db/database.ts'
import type { MysqlConfig } from '../db/mysql/statements.ts'
import { openDatabase } from '../db/open.ts'
import { environment } from '../ops/install.ts'

/** The backup cannot be made or used; the message says why. */
export class BackupError extends Error {}

/** The first of these programs that is installed, and whether it is MariaDB's. */
function find(...programs: string[]) {
  for (const program of programs) {
    const { status, stdout } = spawnSync(program, ['--version'], { env: environment, encoding: 'utf8' })
    if (status === 0) return { program, isMariadb: stdout.includes('MariaDB') }
  }
  throw new BackupError(`✖ Neither ${programs.join(' nor ')} is installed`)
}

/** The password goes by the environment: arguments can be read by everybody on the machine. */
async function client(
  { host, port, socketPath, user, password, database }: MysqlConfig,
  [program, ...options]: string[],
  streams: { stdin?: number; stdout?: number }
) {
  const place = socketPath ? ['--socket', socketPath] : ['--host', host, '--port', String(port)]
  const args = [
    '--no-defaults',
    ...place,
    '--user',
    user,
    '--default-character-set=utf8mb4',
    ...options,
    database
  ]
  const child = spawn(program!, args, {
    env: { ...environment, ...(password !== null && { MYSQL_PWD: password }) },
    stdio: [streams.stdin ?? 'ignore', streams.stdout ?? 'ignore', 'pipe']
  })
  let complaint = ''
  child.stderr!.on('data', (text: Buffer) => (complaint += String(text)))
  const code = await new Promise(resolve => child.once('close', resolve))
  if (code !== 0) throw new BackupError(`✖ ${program} failed: ${complaint.trim()}`)
}

async function dump(config: MysqlConfig, file: string) {
  const { program, isMariadb } = find('mariadb-dump', 'mysqldump')
  const options = ['--single-transaction', '--quick', '--no-tablespaces', '--skip-lock-tables']
  if (!isMariadb) options.push('--set-gtid-purged=OFF', '--column-statistics=0')
  const to = await open(file, 'wx', 0o600)
  try {
    await client(config, [program, ...options], { stdout: to.fd })
    await to.sync()
  } finally {
    await to.close()
  }
}

/** Writes everything that is stored to `file`, which must not be there yet. Throws BackupError. */
export async function backup(config: Config['database'], file: string) {
  if (existsSync(file)) throw new BackupError(`✖ ${file} is there already`)
  const unfinished = `${file}.part` // half a backup never bears the name of a whole one
  rmSync(unfinished, { force: true })
  if (config.engine === 'mysql') await dump(config, unfinished)
  else {
    if (!existsSync(config.file)) throw new BackupError(`✖ There is no database at ${config.file}`)
    writeFileSync(unfinished, '', { mode: 0o600 }) // it holds password hashes
    const source = new DatabaseSync(config.file, { readOnly: true, timeout: 5_000 })
    try {
      await copyPages(source, unfinished)
    } finally {
      source.close()
    }
  }
  renameSync(unfinished, file)
}

/** A dump ends with a line that says so; one that was cut off lacks it. */
async function checkDump(file: string) {
  const from = await open(file)
  try {
    const size = (await stat(file)).size
    const end = await from.read({ buffer: Buffer.alloc(200), position: Math.max(0, size - 200) })
    if (!end.buffer.toString().includes('-- Dump completed'))
      throw new BackupError(`✖ ${file} is no whole backup`)
  } finally {
    await from.close()
  }
}

function openCopy(file: string) {
  try {
    const source = new DatabaseSync(file, { readOnly: true })
    const { integrity_check: result } = source.prepare('PRAGMA integrity_check').get() as {
      integrity_check: string
    }
    source.prepare('SELECT version FROM schemaversion').get()
    if (result === 'ok') return source
  } catch {}
  throw new BackupError(`✖ ${file} is no whole backup`)
}

const tables: Record<Config['database']['engine'], string> = {
  mysql: 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
}

async function withDatabase<T>(config: Config['database'], work: (db: Database) => Promise<T>) {
  const db = openDatabase(config)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

/**
 * Puts back what `file` holds. A database with tables in it is left alone unless `overwrite` is set: then all of them
 * go first. Throws BackupError.
 */
export async function restore(config: Config['database'], file: string, overwrite = false) {
  if (!existsSync(file)) throw new BackupError(`✖ There is no file ${file}`)
  const source = config.engine === 'sqlite' ? openCopy(file) : await checkDump(file)
  const found = await withDatabase(config, db => db.select<{ name: string }>(tables[config.engine]))
  if (found.length > 0 && !overwrite)
    throw new BackupError('✖ The database is not empty: --overwrite replaces everything in it')
  if (config.engine === 'sqlite') {
    await copyPages(source!, config.file)
    source!.close()
    return
  }
  await withDatabase(config, async db => {
    await db.withAdvisoryLock('vote:migrate', async queries => {
      await queries.execute('SET SESSION foreign_key_checks = 0')
      for (const { name } of found) await queries.execute(`DROP TABLE \`${name}\``)
      await queries.execute('SET SESSION foreign_key_checks = 1')
    })
  })
  const from = await open(file)
  try {
    const { program } = find('mariadb', 'mysql')
    await client(config, [program], { stdin: from.fd })
  } finally {
    await from.close()
  }
}
