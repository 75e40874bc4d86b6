/**
 * Describes the tables of a database as a move copies them: in foreign-key order, with columns and
 * primary key.
 */
import type { Queries } from '../database.ts'
import { type Engine, listTables } from '../migrations/tables.ts'

/** A column as the target describes it; null where that engine sets no such limit. */
export interface Column {
  name: string
  type: string
  isNullable: boolean
  /** Characters. */
  maxLength: number | null
  charset: string | null
}

export interface Table {
  name: string
  columns: readonly Column[]
  primaryKey: readonly string[]
  /** Tables that its foreign keys refer to. */
  refersTo: readonly string[]
}

type Reader = Pick<Queries, 'select'>

/** Not part of what people entered: each engine keeps them for itself. */
const OWN_TABLES = new Set(['schemaversion', 'backfill', 'session'])

async function describeSqlite(queries: Reader): Promise<Table[]> {
  const tables: Table[] = []
  for (const name of await listTables(queries, 'sqlite')) {
    const rows = await queries.select<{ name: string; type: string; notnull: number; pk: number }>(
      'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', // no generated columns
      [name]
    )
    const keys = await queries.select<{ table: string }>('SELECT "table" FROM pragma_foreign_key_list(?)', [
      name
    ])
    tables.push({
      name,
      columns: rows.map(row => ({
        name: row.name,
        type: row.type.toLowerCase(),
        isNullable: row.notnull === 0,
        maxLength: null,
        charset: null
      })),
      primaryKey: rows
        .filter(({ pk }) => pk > 0)
        .toSorted((a, b) => a.pk - b.pk)
        .map(row => row.name),
      refersTo: keys.map(({ table }) => table)
    })
  }
  return tables
}

interface MysqlColumn {
  table_name: string
  name: string
  type: string
  nullable: string
  max_length: number | null
  charset: string | null
}

async function describeMysql(queries: Reader): Promise<Table[]> {
  const columns = await queries.select<MysqlColumn>(
    `SELECT c.table_name AS table_name, c.column_name AS name, c.data_type AS type, c.is_nullable AS nullable,
       c.character_maximum_length AS max_length, c.character_set_name AS charset
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND COALESCE(c.generation_expression, '') = ''
     ORDER BY c.table_name, c.ordinal_position`
  )
  const keys = await queries.select<{
    table_name: string
    name: string
    part: string
    refers_to: string | null
  }>(
    `SELECT table_name AS table_name, column_name AS name, constraint_name AS part, referenced_table_name AS refers_to
     FROM information_schema.key_column_usage WHERE table_schema = DATABASE()
     ORDER BY table_name, constraint_name, ordinal_position`
  )
  const names = [...new Set(columns.map(row => row.table_name))]
  return names.map(name => ({
    name,
    columns: columns
      .filter(row => row.table_name === name)
      .map(row => ({
        name: row.name,
        type: row.type.toLowerCase(),
        isNullable: row.nullable === 'YES',
        maxLength: row.max_length,
        charset: row.charset
      })),
    primaryKey: keys.filter(key => key.table_name === name && key.part === 'PRIMARY').map(key => key.name),
    refersTo: keys.flatMap(key => (key.table_name === name && key.refers_to !== null ? [key.refers_to] : []))
  }))
}

/** Puts each table behind those that it refers to. A table may refer to itself. */
function inForeignKeyOrder(tables: readonly Table[]): Table[] {
  const ordered: Table[] = []
  const add = (table: Table) => {
    if (ordered.includes(table)) return
    for (const other of tables) if (other !== table && table.refersTo.includes(other.name)) add(other)
    ordered.push(table)
  }
  for (const table of tables) add(table)
  return ordered
}

/** Describes the tables to move, in foreign-key order. */
export async function describeTables(queries: Reader, engine: Engine): Promise<Table[]> {
  const tables = engine === 'mysql' ? await describeMysql(queries) : await describeSqlite(queries)
  return inForeignKeyOrder(tables.filter(({ name }) => !OWN_TABLES.has(name.toLowerCase())))
}

/** The number that the next row of each table gets: ids of removed rows are never given again. */
export async function nextIds(queries: Reader, engine: Engine, tables: readonly Table[]) {
  const ids = new Map<string, number>()
  for (const { name } of tables) {
    if (engine === 'sqlite') {
      const [row] = await queries.select<{ seq: number }>('SELECT seq FROM sqlite_sequence WHERE name = ?', [
        name
      ])
      if (row) ids.set(name, row.seq + 1)
    } else {
      // information_schema may be a day old on MySQL.
      const [row] = await queries.select<Record<string, string>>(`SHOW CREATE TABLE \`${name}\``)
      const [, next] = / AUTO_INCREMENT=(\d+)/.exec(row?.['Create Table'] ?? '') ?? []
      if (next) ids.set(name, Number(next))
    }
  }
  return ids
}

/**
 * Makes the next ids of empty tables. On MySQL each is a commit of its own, so this comes before
 * the copy.
 */
export async function setNextIds(
  queries: Pick<Queries, 'execute'>,
  engine: Engine,
  ids: ReadonlyMap<string, number>
) {
  for (const [name, next] of ids) {
    if (engine === 'mysql') await queries.execute(`ALTER TABLE \`${name}\` AUTO_INCREMENT = ${next}`)
    else {
      await queries.execute('DELETE FROM sqlite_sequence WHERE name = ?', [name])
      await queries.execute('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', [name, next - 1])
    }
  }
}
