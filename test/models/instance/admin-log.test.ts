/** The log of administrative acts. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { recordAct } from '../../../app/models/instance/admin-log.ts'
import { ACTS } from '../../../app/values/admin-acts.ts'
import { build } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'

describe('models/instance/admin-log', () => {
  onEngines('every act is stored under its whole name', async (t, engine) => {
    const app = await build(t, engine)
    await app.db.transaction(async tx => {
      for (const act of ACTS) await recordAct(tx, { admin: null, act })
    })
    const lines = await app.db.select<{ act: string }>('SELECT act FROM admin_log ORDER BY id')
    assert.deepEqual(
      lines.map(({ act }) => act),
      ACTS
    )
  })
})
