/** Applies changes of ballots to the counters. */
import { caseById } from '../../db/case-by-id.ts'
import type { Dialect, Sql } from '../../db/database.ts'
import { inParts } from '../../values/parts.ts'
import { itemsOf } from './marks.ts'
import type { Change } from './change.ts'

/** By how much each id's counter changes, by ascending id: the one lock order of all writers. */
type Counts = ReadonlyArray<readonly [id: number, by: number]>

/** By how much the counter of an item changes. */
interface ItemCount {
  question: number
  item: string
  by: number
}

const ascending = (counts: ReadonlyMap<number, number>): Counts => [...counts].toSorted(([a], [b]) => a - b)
const idsOf = (counts: Counts) => counts.map(([id]) => id)

/**
 * Sums up the changes: votes by choice, voters by question, and items of ballots with values or
 * ranks. A question whose voters stay as many is listed with 0.
 */
export function sumUp(changes: readonly Change[]): { votes: Counts; voters: Counts; items: ItemCount[] } {
  const votes = new Map<number, number>()
  const voters = new Map<number, number>()
  const items = new Map<string, ItemCount>()
  const add = (counts: Map<number, number>, id: number, by: number) =>
    counts.set(id, (counts.get(id) ?? 0) + by)
  const addItem = (question: number, item: string, by: number) => {
    const key = `${question} ${item}`
    items.set(key, { question, item, by: (items.get(key)?.by ?? 0) + by })
  }
  for (const change of changes) {
    if (change.type === 'rename' || change.type === 'keep') continue
    const by = change.type === 'insert' ? 1 : -1
    const { question } = change.voter
    for (const id of change.marks.choices) add(votes, id, by)
    for (const item of itemsOf(change.marks, change.kind)) addItem(question, item, by)
    add(voters, question, by)
  }
  return {
    votes: ascending(votes).filter(([, by]) => by !== 0),
    voters: ascending(voters),
    items: [...items.values()].filter(({ by }) => by !== 0)
  }
}

/** Counters in a statement: each has up to 3 arguments, and SQLite accepts 32,766. */
const COUNTERS_IN_STATEMENT = 10_000

/** Returns the statements that update the counters of choices. */
export const countVotes = (votes: Counts): Sql[] =>
  inParts(votes, COUNTERS_IN_STATEMENT).map(part => {
    const [by, args] = caseById(part)
    return [`UPDATE choice SET votes = votes + ${by} WHERE id IN (?)`, [...args, idsOf(part)]]
  })

/**
 * Updates the counters of questions and the version of their tally, and notes that they have had
 * votes.
 */
export function countVoters(voters: Counts): Sql {
  const [by, args] = caseById(voters)
  const sql = `UPDATE question AS q SET tally_version = tally_version + 1, voted = 1, voters = voters + ${by} WHERE id IN (?)`
  return [sql, [...args, idsOf(voters)]]
}

/** Items in a DELETE: SQLite limits the depth of an expression to 1,000. */
const ITEMS_IN_DELETE = 500

/**
 * Returns the statements that update the table `tally`: they add, and delete counters that ballots
 * which were taken away have made 0. The questions' rows must be locked.
 */
export function countItems(items: readonly ItemCount[], { addOnDuplicate }: Dialect): Sql[] {
  const added = inParts(items, COUNTERS_IN_STATEMENT).map((part): Sql => {
    const rows = part.map(({ question, item, by }) => [question, item, by])
    return [`INSERT INTO tally (question_id, item, votes) VALUES ? ${addOnDuplicate('votes')}`, [rows]]
  })
  const reduced = items.filter(({ by }) => by < 0)
  const deleted = inParts(reduced, ITEMS_IN_DELETE).map((part): Sql => {
    // OR: see `ofVoters`.
    const areThese = part.map(() => '(question_id = ? AND item = ?)').join(' OR ')
    const args = part.flatMap(({ question, item }) => [question, item])
    return [`DELETE FROM tally WHERE votes = 0 AND (${areThese})`, args]
  })
  return [...added, ...deleted]
}
