/** The Database over node:sqlite: one file, one connection, COMMIT flushed to disk. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { checkArguments } from './bind.ts'
import type { Argument, Database, Observe, Queries, Statement, Step, Transaction, Value } from './database.ts'
import { DatabaseBusy, DatabaseError, DatabaseFull, DuplicateKey, RowCountMismatch } from './errors.ts'

const busy = 5
const full = 13
const uniqueViolations = new Set([2067, 1555])
const statementsKept = 200

function translate(cause: unknown): unknown {
  if (!(cause instanceof Error) || (cause as NodeJS.ErrnoException).code !== 'ERR_SQLITE_ERROR') return cause
  const { errcode, message } = cause as Error & { errcode: number }
  if (uniqueViolations.has(errcode))
    return new DuplicateKey(/failed: \w+\.(\w+)/.exec(message)?.[1] ?? '', cause)
  if ((errcode & 0xff) === busy) return new DatabaseBusy(message, { cause })
  if (errcode === full) return new DatabaseFull(message, { cause })
  return new DatabaseError(message, { cause })
}

/** node:sqlite binds numbers as REAL, which a STRICT column takes but a TEXT one would show as '5.0'. */
function bind(value: Value): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1n : 0n
  return Number.isSafeInteger(value) ? BigInt(value as number) : value
}

/** The statement with a question mark for each value of a list, and the values in their order. Throws TypeError. */
function unfold(sql: string, args: readonly Argument[]) {
  if (!checkArguments(sql, args)) return { text: sql, values: args as readonly Value[] }
  let next = 0
  const marks = (list: readonly unknown[]): string =>
    list.map(item => (Array.isArray(item) ? `(${marks(item)})` : '?')).join(', ')
  const text = sql.replace(/\?/g, () => marks([args[next++]].flat() as unknown[]))
  return { text, values: args.flat<readonly Argument[], 2>(2) }
}

const isSelect = (sql: string) => sql.startsWith('SELECT')

/** Opens the file, and makes it and its folder where they are missing. */
export function openSqlite(file: string, observe?: Observe): Database {
  mkdirSync(dirname(file), { recursive: true })
  const connection = new DatabaseSync(file, { timeout: 5_000 })
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
  const statements = new Map<string, StatementSync>()

  function prepare(sql: string) {
    let statement = statements.get(sql)
    if (!statement) {
      if (statements.size >= statementsKept) statements.clear()
      statement = connection.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }

  function run<T>(
    sql: string,
    args: readonly Argument[],
    work: (s: StatementSync, v: SQLInputValue[]) => T,
    rows: (r: T) => number
  ) {
    const started = performance.now()
    try {
      const { text, values } = unfold(sql, args)
      const result = work(prepare(text), values.map(bind))
      observe?.({ sql, milliseconds: performance.now() - started, rows: rows(result) })
      return result
    } catch (error) {
      throw translate(error)
    }
  }

  const all = <Row>(sql: string, args: readonly Argument[]) =>
    run(
      sql,
      args,
      (statement, values) => statement.all(...values) as Row[],
      rows => rows.length
    )

  /** The statements at once, without waiting for anybody: what an open transaction uses. */
  const now: Queries = {
    select: async <Row>(sql: string, args: readonly Argument[] = [], size?: number) =>
      size === undefined ? all<Row>(sql, args) : all<Row>(`${sql} LIMIT ?`, [...args, size]),
    fetchone: async <Row>(sql: string, args: readonly Argument[] = []) => all<Row>(sql, args)[0],
    execute: async (sql, args = []) =>
      run(
        sql,
        args,
        (statement, values) => {
          const { changes, lastInsertRowid } = statement.run(...values)
          return { affectedRows: Number(changes), insertId: Number(lastInsertRowid) }
        },
        result => result.affectedRows
      )
  }

  // One connection is one transaction: while it is open every other statement waits, or a ROLLBACK would
  // take along what somebody else was told is written. First come, first served.
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  function turn<T>(work: () => Promise<T>): Promise<T> {
    waiting++
    const mine = last.then(work).finally(() => waiting--)
    last = mine.catch(() => {})
    return mine
  }
  const alone = <T>(work: () => Promise<T>): Promise<T> => (waiting > 0 ? turn(work) : work())

  const transaction = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    turn(async () => {
      const last: Statement[] = []
      const tx: Transaction = {
        ...now,
        pipeline: statements =>
          Promise.all(
            statements.map(([sql, args]) => (isSelect(sql) ? now.select(sql, args) : now.execute(sql, args)))
          ),
        beforeCommit: (...statement) => void last.push(statement)
      }
      try {
        connection.exec('BEGIN IMMEDIATE')
        const result = await work(tx)
        for (const statement of last) await now.execute(...statement)
        connection.exec('COMMIT')
        return result
      } catch (error) {
        if (connection.isTransaction) connection.exec('ROLLBACK')
        throw translate(error)
      }
    })

  /** Of the attempt that is under way. */
  let began = ''
  connection.function('began', () => began)
  async function runStep([sql, args, expected]: Step) {
    const { affectedRows } = await now.execute(sql, args)
    if (expected !== undefined && affectedRows !== expected) throw new RowCountMismatch('another number')
  }
  const commitAll = (steps: readonly Step[]): Promise<string | null> =>
    transaction(async () => {
      began = (await now.fetchone<{ now: string }>('SELECT CURRENT_TIMESTAMP AS now'))!.now
      for (const step of steps) await runStep(step)
      return began
    }).catch((error: unknown) => {
      if (error instanceof RowCountMismatch || error instanceof DuplicateKey) return null
      throw error
    })

  const database: Database = {
    select: (sql, args, size) => alone(() => now.select(sql, args, size)),
    fetchone: (sql, args) => alone(() => now.fetchone(sql, args)),
    execute: (sql, args) => alone(() => now.execute(sql, args)),
    get replica() {
      return database
    },
    dialect: {
      insertIgnore: 'INSERT OR IGNORE',
      forUpdate: '',
      rows: 'VALUES',
      now: 'CURRENT_TIMESTAMP',
      began: 'began()'
    },
    transaction,
    commitAll,
    withAdvisoryLock: (_name, work) => transaction(work),
    close: () => turn(async () => connection.close())
  }
  return database
}
