/** Server-Timing, and templates that are reloaded. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../app/config/load.ts'
import { build, member, visitor } from '../support/app.ts'
import { embedded, onEngines } from '../support/engines.ts'

const development = { development: { serverTiming: true, reloadTemplates: true } }

/** The header as `name -> [milliseconds, times]`. */
const read = (header: unknown) =>
  Object.fromEntries(
    [...String(header).matchAll(/(\w+);dur=([\d.]+)(?:;desc="\w+ x(\d+)")?/g)].map(([, name, dur, times]) => [
      name,
      { milliseconds: Number(dur), times: Number(times ?? 1) }
    ])
  )

describe('plugins/server-timing', () => {
  onEngines('Server-Timing contains statements, session, template and total', async (t, engine) => {
    const app = await build(t, engine, development)
    const ann = await member(app)
    const page = read((await ann.page('/')).headers['server-timing'])
    assert.deepEqual(Object.keys(page).toSorted(), ['db', 'session', 'template', 'total'])
    assert.equal(page.template!.times, 1)
    assert.equal(page.session!.times, 1)
    assert.ok(page.db!.times >= 3, 'who it is, what waits, what is mine')
    assert.ok(page.total!.milliseconds >= page.template!.milliseconds)
    const all = await Promise.all([1, 2, 3, 4].map(() => ann.page('/login')))
    for (const { headers } of all) assert.equal(read(headers['server-timing']).template!.times, 1)
    for (const cookie of [undefined, 'not-signed-here']) {
      const client = visitor(app)
      if (cookie) client.cookies.set('sessionid', cookie)
      const json = read((await client.get('/questions')).headers['server-timing'])
      assert.equal('template' in json || 'session' in json, false, cookie)
    }
  })

  test('without the setting nothing is measured', async t => {
    const app = await build(t, embedded)
    assert.equal(app.timing, null)
    assert.equal((await visitor(app).page('/login')).headers['server-timing'], undefined)
  })

  test('only the configuration for development enables it', () => {
    const asks = ['vote', 'production', 'development'].filter(name => {
      const text = readFileSync(join(root, 'config', `${name}.yaml`), 'utf8')
      return (parse(text) as { development?: { serverTiming?: boolean } }).development?.serverTiming
    })
    assert.deepEqual(asks, ['development'])
  })
})
