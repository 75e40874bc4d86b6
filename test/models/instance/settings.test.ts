/** Settings of the instance: reads that overlap, changes at once, and a lost answer to COMMIT. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkConfig } from '../../../app/config/load.ts'
import { CommitUnknown } from '../../../app/db/errors.ts'
import { InvalidInput } from '../../../app/errors.ts'
import { Settings, sourceOf } from '../../../app/models/instance/settings.ts'
import { build, member, start } from '../../support/app.ts'
import { embedded, onEngines, shared } from '../../support/engines.ts'
import { losingFirstAnswer } from '../../support/faulty.ts'

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

  onEngines('the same change, twice at once, is stored once', async (t, engine) => {
    const app = await build(t, engine)
    const admin = await member(app)
    for (const change of [{ name: 'New' }, { imprint: 'Ann' }, { privacy: 'None' }, { language: 'de' }])
      await Promise.all([1, 2].map(() => app.settings.change(change, admin.id)))
    const acts = await app.db.select("SELECT act FROM admin_log WHERE act = 'settings'")
    assert.equal(acts.length, 4)
  })

  onEngines(
    'a change whose COMMIT was not confirmed is published, and read after a repeat',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const app = await start(t, tree)
      const admin = await member(app)
      let published = 0
      const settings = new Settings(losingFirstAnswer(app.db), sourceOf(checkConfig(tree)), () => published++)
      await settings.reload()
      await assert.rejects(settings.change({ name: 'New' }, admin.id), CommitUnknown)
      assert.equal(published, 1)
      await settings.change({ name: 'New' }, admin.id)
      assert.equal(settings.current.name, 'New')
    }
  )

  onEngines(
    'two changes at once that do not fit each other: one is refused',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const [one, other] = [await start(t, tree), await start(t, tree)]
      const admin = await member(one)
      await one.settings.change({ registration_domains: ['example.org'] }, admin.id)
      const changes = await Promise.allSettled([
        one.settings.change({ registration: 'domains' }, admin.id),
        other.settings.change({ registration_domains: [] }, admin.id)
      ])
      const reasons = changes.flatMap(change => (change.status === 'rejected' ? [change.reason] : []))
      assert.equal(reasons.length, 1)
      assert.ok(reasons[0] instanceof InvalidInput)
    },
    shared
  )
})
