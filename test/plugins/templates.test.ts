/** A process keeps the templates of its start. test/html.test.ts renders every page. */
import assert from 'node:assert/strict'
import { globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { visitor } from '../support/app.ts'
import { startCopy } from '../support/copied.ts'

describe('plugins/templates', () => {
  test('a process renders the templates of its start, also after its folder was updated', async t => {
    const { app, folder } = await startCopy(t)
    const names = globSync('**/*.html', { cwd: join(folder, 'views') })
    for (const name of names) writeFileSync(join(folder, 'views', name), 'of a later version {{ later() }}')
    const guest = visitor(app)
    for (const path of ['/login', '/register', '/questions', '/questions/1', '/no-such-page']) {
      const page = await guest.page(path)
      assert.equal(page.statusCode, path === '/no-such-page' ? 404 : 200, path)
      assert.match(page.body, /<main/, path)
      assert.doesNotMatch(page.body, /of a later version/, path)
    }
  })
})
