/** Starting with the database: what is open before the first request. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { onEngines, shared } from '../support/engines.ts'
import { build } from '../support/app.ts'

describe('plugins/database', () => {
  onEngines(
    'the first vote does not wait for a connection',
    async (t, engine) => {
      const { db } = await build(t, engine)
      const open = await db.select<{ ID: number }>(
        'SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE()'
      )
      const used = await db.transaction(tx => tx.fetchone<{ id: number }>('SELECT CONNECTION_ID() AS id'))
      assert.ok(open.some(({ ID }) => ID === used?.id))
    },
    shared
  )
})
