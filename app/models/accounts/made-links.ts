/** Links that an administrator has made for others. */
import { readNow } from '../../db/clock.ts'
import type { Transaction } from '../../db/database.ts'
import { addMs } from '../../values/time.ts'
import { recordAct } from '../instance/admin-log.ts'
import { INVITATION_LIFETIME_MS, removeUnused } from './invitations.ts'
import { voidResets } from './links.ts'
import { RESET_LIFETIME_MS } from './resets.ts'

/**
 * Voids the unused reset links of the accounts for which an administrator has made one, and revokes
 * the unused invitations that the administrator has made. The log knows both, but no invitation
 * that an earlier version has made. `admin`: who acts, null for a command.
 */
export async function voidLinksMadeBy(tx: Transaction, maker: number, admin: number | null): Promise<void> {
  const now = await readNow(tx)
  /** Lists the acts by which links were made that can still be valid. */
  const acts = (act: 'reset' | 'invite', lifetimeMs: number) =>
    tx.select<{ user_id: number; detail: string }>(
      'SELECT user_id, detail FROM admin_log WHERE act = ? AND admin_id = ? AND create_time >= ? ORDER BY user_id, id',
      [act, maker, addMs(now, -lifetimeMs)]
    )
  const resets = await acts('reset', RESET_LIFETIME_MS)
  for (const user of new Set(resets.map(({ user_id }) => user_id))) await voidResets(tx, user)
  for (const { detail: id } of await acts('invite', INVITATION_LIFETIME_MS))
    if (id !== '' && (await removeUnused(tx, Number(id)))) await recordAct(tx, { admin, act: 'uninvite' })
}
