/** The manifest of the site. test/routes/admin/settings.test.ts has its texts and its accent. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, member, visitor } from '../support/app.ts'
import { embedded } from '../support/engines.ts'

interface Manifest {
  name: string
  lang: string
  start_url: string
  icons: Array<{ src: string; type: string }>
}

describe('routes/site', () => {
  test('the manifest has the name of the site, the language of the viewer, and icons that exist', async t => {
    const app = await build(t, embedded, { server: { publicUrl: 'http://localhost/polls/' } })
    const admin = await member(app)
    const french = visitor(app, 'fr')
    const { body } = await french.page('/polls/login')
    const url = /rel="manifest" href="([^"]+)"/.exec(body)![1]!
    assert.equal((await french.get(url)).json<Manifest>().name, 'vote')
    await admin.submit('/polls/admin/settings', { name: 'Größe & 投票' })
    const answer = await french.page(url)
    assert.equal(answer.headers['content-type'], 'application/manifest+json; charset=utf-8')
    const { name, lang, start_url, icons } = answer.json<Manifest>()
    assert.deepEqual([name, lang, start_url, icons.length], ['Größe & 投票', 'fr', '/polls/', 3])
    for (const { src, type } of icons) {
      const icon = await french.get(src)
      assert.deepEqual([icon.statusCode, icon.headers['content-type']], [200, type])
      assert.ok(icon.rawPayload.length < 10_000, src)
    }
  })
})
