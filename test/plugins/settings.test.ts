/**
 * app.settings: a process has the settings that another one has stored, whatever was lost between
 * them.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ConfigError } from '../../app/config/errors.ts'
import { ConnectionLost } from '../../app/db/errors.ts'
import { build, start } from '../support/app.ts'
import { embedded, onEngines, shared } from '../support/engines.ts'
import { eventuallyEqual, eventuallyTrue } from '../support/eventually.ts'

const REREAD_INTERVAL_MS = 10_000

describe('plugins/settings', () => {
  test('a language that the site does not have is an error of the configuration', async t => {
    await assert.rejects(build(t, embedded, { site: { language: 'en' } }), (error: Error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, /^✖ site\.language: expected one of .*en-GB.*$/)
      return true
    })
  })

  test('settings whose message was lost are read within ten seconds', async t => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const app = await build(t, embedded)
    await app.ready()
    await app.db.execute("INSERT INTO setting (name, value) VALUES ('name', '\"New\"')")
    t.mock.timers.tick(REREAD_INTERVAL_MS)
    await eventuallyEqual(() => app.settings.current.name, 'New')
  })

  onEngines(
    'a read that fails after a message is repeated until it succeeds',
    async (t, engine) => {
      t.mock.timers.enable({ apis: ['setInterval'] })
      const tree = await engine.filled(t)
      const lines: string[] = []
      const [first, second] = [await start(t, tree), await start(t, tree, { lines })]
      await Promise.all([first.ready(), second.ready()])
      await eventuallyTrue(() => second.changeEvents.isConnected(), 'no messages arrive')
      const select = second.db.select.bind(second.db)
      const failing = t.mock.method(second.db, 'select', (async (sql, args, size) => {
        if (sql.includes('FROM setting')) throw new ConnectionLost('injected')
        return select(sql, args, size)
      }) as typeof select)
      const failures = () => lines.filter(line => line.includes('could not read the settings')).length
      await first.settings.change({ name: 'New' }, 1)
      await eventuallyEqual(failures, 1)
      t.mock.timers.tick(REREAD_INTERVAL_MS)
      await eventuallyEqual(failures, 2)
      assert.equal(second.settings.current.name, 'vote')
      failing.mock.restore()
      t.mock.timers.tick(REREAD_INTERVAL_MS)
      await eventuallyEqual(() => second.settings.current.name, 'New')
    },
    shared
  )
})
