/** Real Chromium: the page of a room as the remote control of its screen. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { member, start } from '../support/app.ts'
import { become, browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { roomOf, sendJson } from '../support/rooms.ts'

/** Awaits the first event of the page's stream: the link for browsers without script is hidden. */
const follows = (page: Page) => page.locator('[data-live=refresh]').waitFor({ state: 'hidden' })

/** Opens the page of a room whose poll hides its result. */
async function control(t: TestContext) {
  const chromium = await browser(t)
  const app = await start(t, await embedded.config(t))
  const ann = await member(app)
  const room = await roomOf(app, ann, ['First?', 'Second?'], { results: 'after_close' })
  const site = await listen(app)
  const window = await openWindow(chromium, site, { viewport: { width: 360, height: 740 } })
  await become(window.page, ann, site)
  return { app, ann, ...room, ...window, path: `/rooms/${room.id}` }
}

describe('e2e/remote', () => {
  test('a remote control whose screen hides the number of votes loads once for each poll', async t => {
    const { ann, page, path, polls, show, complaints } = await control(t)
    await sendJson(ann, path, { act: 'hide-count' })
    let loads = 0
    page.on('request', request => {
      if (new URL(request.url()).pathname === path) loads++
    })
    await page.goto(path)
    await page.getByText('Votes: 0').waitFor()
    await follows(page)
    await show(polls[1]!.id)
    await page.getByRole('link', { name: 'Second?' }).waitFor()
    await follows(page)
    assert.equal(loads, 2)
    assert.deepEqual(complaints, [])
  })
})
