/** Links that an administrator has made for others. */
import { readNow } from '../../db/clock.ts'
import type { Transaction } from '../../db/database.ts'
import { addMs } from '../../values/time.ts'
import { recordAct } from '../instance/admin-log.ts'
import { removeUnused } from './invitations.ts'
import { voidResets } from './links.ts'
import { RESET_LIFETIME_MS } from './resets.ts'

/**
 * Voids the unused reset links of the accounts for which an administrator has made one, and revokes the unused invitations
 * that the administrator has made. The log knows both. `admin`: who acts, null for a command.
 */
export async function voidLinksMadeBy(tx: Transaction, maker: number, admin: number | null): Promise<void> {
  const since = addMs(await readNow(tx), -RESET_LIFETIME_MS)
  const resets = await tx.select<{ user_id: number }>(
    "SELECT DISTINCT user_id FROM admin_log WHERE act = 'reset' AND admin_id = ? AND create_time >= ? ORDER BY user_id",
    [maker, since]
  )
  for (const { user_id } of resets) await voidResets(tx, user_id)
  const invites = await tx.select<{ detail: string }>(
    "SELECT detail FROM admin_log WHERE act = 'invite' AND admin_id = ? AND detail <> '' ORDER BY id",
    [maker]
  )
  const open = await unusedAmong(
    tx,
    invites.map(({ detail }) => Number(detail))
  )
  for (const id of open) if (await removeUnused(tx, id)) await recordAct(tx, { admin, act: 'uninvite' })
}

/** Returns which of these invitations are not used. */
async function unusedAmong(tx: Transaction, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return []
  const sql = 'SELECT id FROM account_invitation WHERE used_time IS NULL AND id IN (?)'
  return (await tx.select<{ id: number }>(sql, [ids])).map(({ id }) => id)
}
