/** The session store in the embedded database. */
import type { Database } from '../../db/database.ts'
import { MAX_LISTED, parseSessionData, type Sessions, TOMBSTONE_MS } from './sessions.ts'

/**
 * Stores sessions in the database. `lifetimeMs`: without a request. Expired rows are deleted at
 * sign-in.
 */
export function createDatabaseSessions(db: Database, lifetimeMs: number): Sessions {
  return {
    async get(id) {
      const sql = 'SELECT data, expires FROM session WHERE id = ? AND expires > ? AND data IS NOT NULL'
      const row = await db.fetchone<{ data: string; expires: number }>(sql, [id, Date.now()])
      const data = row ? parseSessionData(row.data) : null
      return data && { data, ttl: row!.expires - Date.now() }
    },
    async set(id, data) {
      const now = Date.now()
      await db.execute('DELETE FROM session WHERE expires < ?', [now])
      await db.execute(
        `INSERT INTO session (id, user_id, data, expires) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, data = excluded.data, expires = excluded.expires
         WHERE data IS NOT NULL`,
        [id, data.userId ?? null, JSON.stringify(data), now + lifetimeMs]
      )
      if (data.userId === undefined) return
      await db.execute(
        `UPDATE session SET data = NULL, expires = ? WHERE id IN (SELECT id FROM session
           WHERE user_id = ? AND id <> ? AND data IS NOT NULL ORDER BY expires DESC LIMIT -1 OFFSET ?)`,
        [now + TOMBSTONE_MS, data.userId, id, MAX_LISTED - 1]
      )
    },
    async destroy(id) {
      await db.execute(
        `INSERT INTO session (id, data, expires) VALUES (?, NULL, ?)
         ON CONFLICT (id) DO UPDATE SET data = NULL, expires = excluded.expires`,
        [id, Date.now() + TOMBSTONE_MS]
      )
    },
    async requireSpace() {}, // what is stored before the session is in the same database
    async touch(id) {
      const sql = 'UPDATE session SET expires = ? WHERE id = ? AND expires > ? AND data IS NOT NULL'
      const { affectedRows } = await db.execute(sql, [Date.now() + lifetimeMs, id, Date.now()])
      return affectedRows === 1
    },
    async of(userId) {
      const sql =
        'SELECT id, data, expires FROM session WHERE user_id = ? AND expires > ? AND data IS NOT NULL'
      const args = [userId, Date.now()]
      const rows = await db.select<{ id: string; data: string; expires: number }>(
        `${sql} ORDER BY expires DESC`,
        args,
        MAX_LISTED
      )
      return rows.flatMap(({ id, data: json, expires }) => {
        const data = parseSessionData(json)
        return data ? [{ id, data, ttl: expires - Date.now() }] : []
      })
    }
  }
}
