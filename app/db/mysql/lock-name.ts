/** Names of advisory locks. */
import { createHash } from 'node:crypto'

/** Characters of the longest lock name that MySQL accepts. */
const MAX_LENGTH = 64

/**
 * Returns the name of a lock for one database: a server has one set of locks for all its databases.
 */
export function lockNameOf(name: string, database: string): string {
  const full = `${name}:${database}`
  if (full.length <= MAX_LENGTH) return full
  return `${name}:${createHash('sha256').update(database).digest('hex')}`.slice(0, MAX_LENGTH)
}
