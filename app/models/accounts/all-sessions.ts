/** Ends all sessions of an account at once. */
import type { Transaction } from '../../db/database.ts'
import { voidLinks } from './links.ts'

/** Ends every session of an account by raising its epoch. */
export async function endAllSessions(tx: Transaction, id: number) {
  await tx.execute('UPDATE user SET session_epoch = session_epoch + 1 WHERE id = ?', [id])
}

/** Ends every session of an account and voids its links. */
export async function endSessionsAndLinks(tx: Transaction, id: number) {
  await endAllSessions(tx, id)
  await voidLinks(tx, id)
}
