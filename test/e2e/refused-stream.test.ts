/**
 * Real Chromium: a page whose stream is refused, because there is nothing to follow any more, says
 * so.
 */
import { describe, test } from 'node:test'
import { member, start } from '../support/app.ts'
import { browser, listen, openWindow, stopClock } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { link } from '../support/people.ts'
import { ask, change } from '../support/polls.ts'
import { roomOf, sendJson } from '../support/rooms.ts'

describe('e2e/refused-stream', () => {
  test('a page whose poll was deleted says that it is out of date, with and without a stream', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const site = await listen(app)
    for (const kind of ['stream', 'none'] as const) {
      const poll = await ask(app, {}, ['Pizza', 'Sushi'])
      const { page } = await openWindow(chromium, site)
      if (kind === 'none') {
        await stopClock(page)
        await page.route('**/events', () => {}) // the answer is held back
      }
      const requested = page.waitForRequest('**/events')
      await page.goto(`/questions/${poll.slug}/results`)
      await requested
      if (kind === 'stream') await page.locator('[data-live=refresh]').waitFor({ state: 'hidden' }) // the first event
      await change(app, poll.id, { delete_flag: 1 })
      if (kind === 'none') await page.clock.runFor(10_000)
      await page.getByText('This page is out of date').waitFor()
      await link(page, 'show the new one')
      await page
        .getByText(/This poll was removed by its organiser/)
        .first()
        .waitFor()
    }
  })

  test('a room that is closed before the stream is open says so', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const ann = await member(app)
    const { id, code } = await roomOf(app, ann)
    const { page } = await openWindow(chromium, await listen(app))
    await page.route('**/events', async route => {
      await sendJson(ann, `/rooms/${id}`, { act: 'close' })
      await route.continue()
    })
    await page.goto(`/${code}`)
    await page.getByRole('link', { name: 'There is no open room with this code' }).waitFor()
  })
})
