/** Which key of an account belongs to another one. */
import type { Database } from '../../db/database.ts'
import type { DuplicateKey } from '../../db/errors.ts'
import { AccountTaken } from '../../errors.ts'
import type { AccountKey } from '../../values/account-key.ts'

/** The keys of an account that was to be stored. */
type Keys = Record<AccountKey['kind'], string | null>

/**
 * Returns the error of a row that was refused by a unique key: it names each field whose value
 * another account than `id` has, because the database names the first one alone.
 */
export async function accountTaken(db: Database, keys: Keys, { key }: DuplicateKey, id = 0) {
  const taken: string[] = []
  for (const kind of ['email', 'phone'] as const) {
    const sql = `SELECT id FROM user WHERE ${kind} = ? AND id <> ?`
    if (keys[kind] !== null && (await db.fetchone(sql, [keys[kind], id]))) taken.push(kind)
  }
  return new AccountTaken(...(taken.length > 0 ? taken : [key])) // it was deleted meanwhile
}
