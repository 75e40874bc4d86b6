/** Reads a table in pages by primary key, and finds the values that a target would refuse. */
import { codePoints } from '../../values/text.ts'
import { isDatabaseTime } from '../../values/time.ts'
import type { Queries, Sql, Value } from '../database.ts'
import type { Engine } from '../migrations/tables.ts'
import type { Column, Table } from './tables.ts'

/** SQLite accepts 32,766 question marks in a statement. */
const MAX_VALUES = 30_000
const MAX_ROWS = 5_000

export type Row = Record<string, Value>

/**
 * Builds the condition "the key is greater than this one". SQLite uses an index for row values,
 * MySQL for conditions that are spelt out.
 */
function behind(key: readonly string[], last: Value[], engine: Engine): Sql {
  if (engine === 'sqlite') return [`(${key.join(', ')}) > (${key.map(() => '?').join(', ')})`, last]
  const parts = key.map((name, n) =>
    [...key.slice(0, n).map(before => `${before} = ?`), `${name} > ?`].join(' AND ')
  )
  return [`(${parts.map(part => `(${part})`).join(' OR ')})`, key.flatMap((_, n) => last.slice(0, n + 1))]
}

/** Quotes the name of a column, which may be a word of SQL, in the way that both engines know. */
export const quoted = (name: string) => `\`${name}\``

/**
 * Returns the expression of a column's text: MySQL keeps one as bytes, so that it is searched
 * faster.
 */
const asText = ({ name, type }: Column) =>
  type === 'varbinary' ? `CONVERT(${quoted(name)} USING utf8mb4) AS ${quoted(name)}` : quoted(name)

/** Yields the rows of a table in pages, in the order of its primary key. */
export async function* readPages(
  queries: Pick<Queries, 'select'>,
  engine: Engine,
  { name, columns, primaryKey }: Table
): AsyncGenerator<Row[]> {
  const size = Math.min(MAX_ROWS, Math.floor(MAX_VALUES / columns.length))
  const from = `SELECT ${columns.map(asText).join(', ')} FROM ${name}`
  const order = `ORDER BY ${primaryKey.join(', ')}`
  for (let last: Value[] | undefined; ; ) {
    const [isBehind, args]: Sql = last ? behind(primaryKey, last, engine) : ['1 = 1', []]
    const rows = await queries.select<Row>(`${from} WHERE ${isBehind} ${order}`, args, size)
    if (rows.length > 0) yield rows
    const end = rows.at(-1)
    if (rows.length < size || !end) return
    last = primaryKey.map(column => end[column]!)
  }
}

/** The range of each integer type, signed. */
const INTEGER_BITS: Record<string, number> = { tinyint: 8, smallint: 16, mediumint: 24, int: 32, bigint: 64 }

function isTime(value: Value) {
  return typeof value === 'string' && /^[1-9]\d{3}-/.test(value) && isDatabaseTime(value)
}

/** Tells why a column of MySQL would not store this value as it is, or null. */
function refusal(value: Value, { type, isNullable, maxLength, charset }: Column): string | null {
  if (value === null) return isNullable ? null : 'is missing'
  const bits = INTEGER_BITS[type]
  if (bits !== undefined)
    return typeof value === 'number' && Math.abs(value) < 2 ** (bits - 1) ? null : 'is no number that fits'
  if (type === 'datetime') return isTime(value) ? null : 'is no time'
  if (typeof value !== 'string' || maxLength === null) return null
  if (value.includes('\0')) return 'holds the character NUL'
  if (!value.isWellFormed()) return 'holds half a character'
  if (codePoints(value) > maxLength) return `is longer than ${maxLength} characters`
  if (charset === 'ascii' && /[^\0-\x7f]/.test(value)) return 'holds characters that are not ASCII'
  // Compared with trailing spaces, two texts may be the same key in MySQL.
  return value.endsWith(' ') && charset === 'ascii' ? 'ends with a space' : null
}

/** Lists what the target would refuse of these rows, each with its table, key and column. */
export function findRefusals({ name, primaryKey }: Table, target: Table, rows: readonly Row[]): string[] {
  return rows.flatMap(row =>
    target.columns.flatMap(column => {
      const reason = refusal(row[column.name] ?? null, column)
      if (reason === null) return []
      const key = primaryKey.map(part => row[part]).join(', ')
      return [`${name} ${key}: ${column.name} ${reason}`]
    })
  )
}
