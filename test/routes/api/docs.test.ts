/** `/docs`: a table of all operations without script, and Swagger UI on demand. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, visitor } from '../../support/app.ts'
import { browser, listen, openWindow } from '../../support/browser.ts'
import { embedded } from '../../support/engines.ts'
import { eventuallyTrue } from '../../support/eventually.ts'

describe('routes/api/docs', () => {
  test('the page lists every operation with its scope, without script', async t => {
    const app = await build(t, embedded)
    const { body } = await visitor(app).page('/docs')
    const rows = [...body.matchAll(/<tr>\s*<td><code dir="auto">([A-Z]+) ([^<]+)<\/code>/g)]
    const listed = rows.map(([, method, path]) => `${method} ${path}`)
    const described = Object.entries(app.apiDocument().paths).flatMap(([path, verbs]) =>
      Object.keys(verbs).map(verb => `${verb.toUpperCase()} ${path}`)
    )
    assert.deepEqual(listed.toSorted(), described.toSorted())
    assert.match(body, /PUT \/questions\/{question}\/vote<\/code>[^]*?<code dir="auto">vote<\/code>/)
  })

  test('Swagger UI is loaded only on demand, from this site, under its policy', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const { page, complaints } = await openWindow(chromium, await listen(app))
    const loaded: string[] = []
    page.on('request', request => loaded.push(request.url()))
    await page.goto('/docs')
    assert.ok(!loaded.some(url => url.includes('swagger')))
    await page.getByRole('button', { name: 'Open it in Swagger UI' }).click()
    await page.getByText('Cast or change my vote', { exact: true }).waitFor()
    await eventuallyTrue(
      async () => (await page.locator('.opblock').count()) > 40,
      'all operations are shown'
    )
    const { origin } = new URL(page.url())
    assert.deepEqual(
      loaded.filter(url => !url.startsWith(origin) && !url.startsWith('data:')),
      []
    )
    assert.deepEqual(
      complaints.filter(text => !/style/.test(text)),
      [],
      'nothing but its inline styles is refused'
    )
  })
})
