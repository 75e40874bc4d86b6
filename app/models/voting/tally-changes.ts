/** Applies changes of ballots to the counters. */
import { caseById } from '../../db/case-by-id.ts'
import type { Argument } from '../../db/database.ts'
import type { Change } from './rules.ts'

/** By how much each id's counter changes, by ascending id: the one lock order of all writers. */
type Counts = ReadonlyArray<readonly [id: number, by: number]>
/** A statement with its arguments. */
type Counting = [sql: string, args: Argument[]]

const ascending = (counts: ReadonlyMap<number, number>): Counts => [...counts].toSorted(([a], [b]) => a - b)
const idsOf = (counts: Counts) => counts.map(([id]) => id)

/**
 * Sums up the changes: votes by choice and voters by question. A question whose voters stay as many
 * is listed with 0.
 */
export function sumUp(changes: readonly Change[]): { votes: Counts; voters: Counts } {
  const votes = new Map<number, number>()
  const voters = new Map<number, number>()
  const add = (counts: Map<number, number>, id: number, by: number) =>
    counts.set(id, (counts.get(id) ?? 0) + by)
  for (const change of changes) {
    if (change.kind === 'rename') continue
    const by = change.kind === 'insert' ? 1 : -1
    for (const id of change.choices) add(votes, id, by)
    add(voters, change.voter.question, by)
  }
  return { votes: ascending(votes).filter(([, by]) => by !== 0), voters: ascending(voters) }
}

/** Updates the counters of choices. */
export function countVotes(votes: Counts): Counting {
  const [by, args] = caseById(votes)
  return [`UPDATE choice SET votes = votes + ${by} WHERE id IN (?)`, [...args, idsOf(votes)]]
}

/** Updates the counters of questions, and the version of their tally. */
export function countVoters(voters: Counts): Counting {
  const [by, args] = caseById(voters)
  const sql = `UPDATE question AS q SET tally_version = tally_version + 1, voters = voters + ${by} WHERE id IN (?)`
  return [sql, [...args, idsOf(voters)]]
}
