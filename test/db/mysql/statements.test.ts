/** What a MySQL server is asked to prepare. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Database } from '../../../app/db/database.ts'
import { open } from '../../support/database.ts'
import { onEngines, shared } from '../../support/engines.ts'

/** Returns how many statements this connection, the only one, has prepared. */
async function preparedBy(db: Database): Promise<number> {
  const row = await db.fetchone<{ Value: string }>("SHOW SESSION STATUS LIKE 'Com_stmt_prepare'")
  return Number(row!.Value)
}

describe('db/mysql/statements', () => {
  onEngines(
    'a statement of fixed text is prepared once; of those that grow with a list, only the shortest',
    async (t, engine) => {
      const db = await open(t, engine, { connectionLimit: 1 })
      const before = await preparedBy(db)
      for (const id of [1, 2, 3]) await db.fetchone('SELECT id FROM user WHERE id = ?', [id])
      assert.equal(await preparedBy(db), before + 1)
      for (let n = 1; n <= 40; n++) {
        const pairs = Array.from({ length: n }, () => '(question_id = ? AND voter = ?)')
        const args = pairs.flatMap((_, index) => [index, `u:${index}`])
        await db.select(`SELECT choice_id FROM vote WHERE ${pairs.join(' OR ')}`, args)
      }
      assert.ok((await preparedBy(db)) <= before + 5, 'up to four pairs')
    },
    shared
  )
})
