/** Settings of the instance: reads that overlap. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build } from '../../support/app.ts'
import { embedded } from '../../support/engines.ts'

describe('models/instance/settings', () => {
  test('a read that ends after a later one does not bring back what that one has replaced', async t => {
    const app = await build(t, embedded)
    await app.ready()
    const select = app.db.select.bind(app.db)
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>()
    const slow = t.mock.method(app.db, 'select', (async (sql, args, size) => {
      const rows = await select(sql, args, size)
      await isReleased
      return rows
    }) as typeof select)
    const reading = app.settings.reload()
    slow.mock.restore()
    await app.settings.change({ name: 'New' }, 1)
    release()
    await reading
    assert.equal(app.settings.current.name, 'New')
  })
})
