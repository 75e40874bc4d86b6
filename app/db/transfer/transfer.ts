/** Copies a whole database into an empty one, of the same engine or the other. */
import type { Database, Queries, Transaction, Value } from '../database.ts'
import type { Engine } from '../migrations/tables.ts'
import { changedBetween, tallies } from '../migrations/tally.ts'
import { findRefusals, quoted, readPages } from './rows.ts'
import { describeTables, nextIds, setNextIds, type Table } from './tables.ts'

export interface Side {
  db: Database
  engine: Engine
}

interface Steps {
  /** Called after each page with the step, the table and its rows so far. */
  onProgress(step: 'checked' | 'copied', table: string, rows: number): void
  /**
   * Called with the target's transaction when everything is copied and equal, before COMMIT. Throws
   * to undo it.
   */
  beforeCommit(tx: Transaction): Promise<void>
}

/** The copy was not made: nothing of it is in the target. The message is for the operator. */
export class TransferRefused extends Error {}

const MAX_REFUSALS = 20

/** Runs `work` while other connections may read the tables and not write them. */
function withReadLock<T>(
  { db, engine }: Side,
  tables: readonly Table[],
  work: (queries: Queries) => Promise<T>
) {
  if (engine === 'sqlite') return db.transaction(work) // BEGIN IMMEDIATE
  return db.withAdvisoryLock('vote:migrate', async queries => {
    await queries.execute(`LOCK TABLES ${tables.map(({ name }) => `${name} READ`).join(', ')}`)
    const result = await work(queries)
    await queries.execute('UNLOCK TABLES') // after an error the lock ends with its connection
    return result
  })
}

/** Throws TransferRefused if a table has rows. */
export async function assertEmpty(queries: Pick<Queries, 'select'>, tables: readonly Table[]) {
  for (const { name } of tables) {
    if ((await queries.select(`SELECT 1 FROM ${name}`, [], 1)).length > 0)
      throw new TransferRefused(`The target is not empty: its table ${name} has rows.`)
  }
}

/** Pairs the tables of both sides. Throws TransferRefused if they differ. */
function pair(sources: readonly Table[], targets: readonly Table[]) {
  const columnsOf = ({ columns }: Table) =>
    columns
      .map(({ name }) => name)
      .toSorted()
      .join()
  return sources.map(source => {
    const target = targets.find(({ name }) => name === source.name)
    if (!target || columnsOf(target) !== columnsOf(source))
      throw new TransferRefused(`The table ${source.name} is another one in the target.`)
    return { source, target }
  })
}

type Pair = ReturnType<typeof pair>[number]

/**
 * Throws TransferRefused, which names the values, if MySQL would not store them. The other engine
 * stores them all.
 */
async function checkRows(queries: Queries, from: Side, to: Side, pairs: readonly Pair[], steps: Steps) {
  if (to.engine === 'sqlite') return
  const refusals: string[] = []
  if (from.engine === 'sqlite') {
    const orphans = await queries.select<{ table: string; rowid: number }>('PRAGMA foreign_key_check')
    refusals.push(
      ...orphans.map(({ table, rowid }) => `${table}, row ${rowid}: refers to a row that is missing`)
    )
  }
  for (const { source, target } of pairs) {
    let rows = 0
    for await (const page of readPages(queries, from.engine, source)) {
      refusals.push(...findRefusals(source, target, page))
      steps.onProgress('checked', source.name, (rows += page.length))
    }
  }
  if (refusals.length === 0) return
  const more = refusals.length > MAX_REFUSALS ? `\n  and ${refusals.length - MAX_REFUSALS} more` : ''
  const listed = refusals.slice(0, MAX_REFUSALS).map(line => `\n  ${line}`)
  throw new TransferRefused(`The target would refuse ${refusals.length} values:${listed.join('')}${more}`)
}

async function copyTable(queries: Queries, from: Side, tx: Transaction, { source }: Pair, steps: Steps) {
  const names = source.columns.map(({ name }) => name)
  let rows = 0
  for await (const page of readPages(queries, from.engine, source)) {
    const values = page.map(row => names.map((name): Value => row[name] ?? null))
    await tx.execute(`INSERT INTO ${source.name} (${names.map(quoted).join(', ')}) VALUES ?`, [values])
    steps.onProgress('copied', source.name, (rows += page.length))
  }
  const count = `SELECT COUNT(*) AS n FROM ${source.name}`
  const [stored] = await tx.select<{ n: number }>(count)
  if (stored?.n !== rows)
    throw new TransferRefused(`${source.name}: ${rows} rows were read and ${stored?.n} are stored.`)
  return rows
}

/**
 * Copies all rows of `from`, which is locked read-only meanwhile, into the empty `to` in one
 * transaction: after an error or a crash the target is empty. Ids are kept. Both have this
 * program's schema. Returns the rows of each table. Throws TransferRefused.
 */
export async function transfer(from: Side, to: Side, steps: Steps): Promise<Map<string, number>> {
  const sources = await describeTables(from.db, from.engine)
  const pairs = pair(sources, await describeTables(to.db, to.engine))
  return withReadLock(from, sources, async queries => {
    await checkRows(queries, from, to, pairs, steps)
    const ids = await nextIds(queries, from.engine, sources)
    if (to.engine === 'mysql') await setNextIds(to.db, to.engine, ids)
    return to.db.transaction(async tx => {
      await assertEmpty(tx, sources)
      const counts = new Map<string, number>()
      for (const one of pairs) counts.set(one.source.name, await copyTable(queries, from, tx, one, steps))
      if (to.engine === 'sqlite') await setNextIds(tx, to.engine, ids)
      const changed = changedBetween(await tallies(queries, true), await tallies(tx, true))
      if (changed.length > 0)
        throw new TransferRefused(
          `The results of ${changed.length} polls differ (${changed.slice(0, 10).join(', ')}).`
        )
      await steps.beforeCommit(tx)
      return counts
    })
  })
}
