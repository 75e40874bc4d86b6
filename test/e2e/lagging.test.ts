/**
 * Real Chromium: pages of a room that are older than its stream, as a read replica may answer them.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { member, start } from '../support/app.ts'
import { become, browser, listen, openWindow, stopClock } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { roomOf } from '../support/rooms.ts'

/** Opens a page whose clock stands still, and counts how often it renews itself. */
async function openStopped(page: Page, path: string) {
  await stopClock(page)
  const answer = await page.goto(path)
  await page.evaluate(() => {
    const { dataset } = document.documentElement
    dataset.renewals = '0'
    document.addEventListener('renewed', () => (dataset.renewals = String(Number(dataset.renewals) + 1)))
  })
  return {
    body: await answer!.text(),
    renewals: () => page.evaluate(() => document.documentElement.dataset.renewals)
  }
}

describe('e2e/lagging', () => {
  for (const place of ['phone', 'screen'] as const)
    test(`a ${place} whose page lags behind its stream loads it again after a second`, async t => {
      const chromium = await browser(t)
      const app = await start(t, await embedded.filled(t))
      const ann = await member(app)
      const { id, code, polls, show } = await roomOf(app, ann, ['First?', 'Second?', 'Third?'])
      const site = await listen(app)
      const { page, complaints } = await openWindow(chromium, site, { reducedMotion: 'reduce' })
      if (place === 'screen') await become(page, ann, site)
      const path = place === 'screen' ? `/rooms/${id}/present` : `/${code}`
      const { body, renewals } = await openStopped(page, path)
      let loads = 0
      await page.route(`**${path}`, route => {
        loads++
        return route.fulfill({ contentType: 'text/html', body })
      })
      await show(polls[1]!.id)
      await eventuallyEqual(renewals, '1')
      await page.locator('[data-live=outdated]').waitFor() // the stream of the stale page has said so
      await page.clock.runFor(900)
      assert.equal(loads, 1)
      await page.unroute(`**${path}`)
      await page.clock.runFor(200)
      await page.getByRole('heading', { level: 1, name: 'Second?' }).waitFor()
      await show(polls[2]!.id)
      // Another poll is loaded at once.
      await page.getByRole('heading', { level: 1, name: 'Third?' }).waitFor()
      assert.deepEqual(complaints, [])
    })
})
