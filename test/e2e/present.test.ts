/** Real Chromium: the big screen shows votes as they come, and none while the result is hidden. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build, member } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { link, result } from '../support/people.ts'
import { ask } from '../support/polls.ts'

test('a vote moves the bars; what is hidden stays so', async t => {
  const app = await build(t, embedded)
  const ann = await member(app)
  const { slug, choices } = await ask(app)
  const { page, complaints } = await openWindow(await browser(t), await listen(app))
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(`/questions/${slug}/present`)
  assert.deepEqual(await result(page), [
    ['Yes', '0', '–'],
    ['No', '0', '–']
  ])
  await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })
  await page.getByRole('row', { name: 'Yes 1 100%' }).waitFor()
  const bar = page.locator('svg.bar rect').first()
  assert.equal(await bar.getAttribute('width'), '100%')

  await link(page, 'Hide results')
  await page.getByRole('link', { name: 'Show results' }).waitFor()
  assert.equal(await page.getByRole('row').count(), 0)
  assert.equal(asked.filter(url => url.endsWith('/events')).length, 1, 'nor is anything followed')
  await link(page, 'Show results')
  await page.getByRole('row', { name: 'Yes 1 100%' }).waitFor()
  assert.deepEqual(complaints, [])
})
