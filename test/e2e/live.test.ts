/** Real Chromium: two pages follow the votes without moving, and show when voting closes. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freePort } from '../../app/ops/servers.ts'
import { checkPage } from '../support/accessible.ts'
import { start } from '../support/app.ts'
import { browser, listen, openWindow, stopClock } from '../support/browser.ts'
import { embedded, mariadb } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { bars, link, textOf } from '../support/people.ts'
import { proxyTo } from '../support/nginx.ts'
import { ask, change } from '../support/polls.ts'

const numbers = (page: Page) =>
  page.locator('[data-choice] td:nth-child(2)').evaluateAll(cells => cells.map(cell => cell.textContent))
/** Bars without a vote have no length, but are shown. */
const areBarsShown = (page: Page) =>
  page
    .locator('svg.bar rect')
    .first()
    .evaluate(bar => getComputedStyle(bar).visibility === 'visible')
const sentence = (page: Page) => page.locator('[data-live=sentence]')
const spoken = (page: Page) => page.locator('[data-live=spoken]')

describe('e2e/live', () => {
  for (const engine of [embedded, mariadb]) {
    test(`the bars of two pages follow the votes, and nothing else on the pages moves (${engine.name})`, async t => {
      const chromium = await browser(t)
      const tree = await engine.filled(t)
      const apps = [await start(t, tree)]
      if (engine === mariadb) apps.push(await start(t, tree))
      const app = apps[0]!
      const poll = await ask(app, { question_text: 'Where to?' }, ['Pizza', 'Sushi'])
      const [pizza, sushi] = poll.choices as [number, number]
      const cast = (n: number, choice: number) =>
        app.ballots.cast({ question: poll.id, voter: `u:${n}`, choices: [choice] })

      const urls = await Promise.all(apps.map(listen))
      const windows = await Promise.all(
        ['', '/results'].map(async (path, n) => {
          const { page, complaints } = await openWindow(chromium, urls[n % urls.length]!)
          await page.goto(`/questions/${poll.slug}${path}`)
          return { page, complaints }
        })
      )
      for (const { page } of windows) {
        await eventuallyEqual(() => sentence(page).innerText(), 'No votes yet.')
        await eventuallyEqual(() => areBarsShown(page), false, 'no bars without votes')
        await page.locator('#result summary').click()
        await page.getByRole('link', { name: 'Download CSV' }).focus()
      }
      await cast(1, sushi)
      for (const { page } of windows) {
        await page.getByRole('cell', { name: '100%' }).waitFor()
        await eventuallyEqual(() => textOf(sentence(page)), 'Sushi leads with 1 of 1 vote.')
        await eventuallyEqual(() => bars(page), ['0%', '100%'])
        await eventuallyEqual(() => areBarsShown(page), true)
        await eventuallyMatch(() => spoken(page).innerText(), /leads with 1 of 1/, 'announced at once')
      }
      for (let n = 2; n <= 5; n++) await cast(n, pizza)
      for (const { page, complaints } of windows) {
        await page.getByRole('cell', { name: '80%' }).waitFor()
        assert.deepEqual(await numbers(page), ['4', '1'], 'the rows stay in their order')
        await eventuallyEqual(() => bars(page), ['80%', '20%'])
        assert.equal(
          await page.evaluate(() => document.activeElement?.textContent),
          'Download CSV',
          'the focus stays'
        )
        await checkPage(page, 'live results')
        assert.deepEqual(complaints, [])
      }

      const [{ page: first }, { page: second }] = windows as [(typeof windows)[0], (typeof windows)[0]]
      await second.getByRole('button', { name: 'Pause live updates' }).click()
      await cast(6, pizza)
      await first.getByRole('cell', { name: '83%' }).waitFor()
      assert.deepEqual(await numbers(second), ['4', '1'], 'paused')
      await second.getByRole('button', { name: 'Pause live updates', pressed: true }).click()
      await second.getByRole('cell', { name: '83%' }).waitFor()
      await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
      for (const { page } of windows) {
        await page
          .getByText(/^Voting has just closed\./)
          .first()
          .waitFor()
        await eventuallyEqual(() => textOf(sentence(page)), 'Pizza won with 5 of 6 votes.')
      }
    })
  }

  test('a hidden tab disconnects, and shows the newest numbers when it is visible again', async t => {
    const chromium = await browser(t)
    const app = await start(t, {
      ...(await embedded.filled(t)),
      live: { streamsPerAddress: 1 },
      log: { level: 'silent' }
    })
    const poll = await ask(app, {}, ['Pizza', 'Sushi'])
    const { page } = await openWindow(chromium, await listen(app))
    const connected = page.waitForResponse('**/events')
    await page.goto(`/questions/${poll.slug}/results`)
    await connected
    const setHidden = (hidden: boolean) =>
      page.evaluate(isHidden => {
        Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, hidden)
    const ended = page.waitForEvent('requestfailed', request => request.url().endsWith('/events'))
    await setHidden(true)
    await ended
    await app.ballots.cast({ question: poll.id, voter: 'u:1', choices: [poll.choices[0]!] })
    assert.deepEqual(await numbers(page), ['0', '0'])
    await setHidden(false)
    await page.getByRole('cell', { name: '100%' }).waitFor()
  })

  test('behind an nginx that holds streams back, the page says so and asks for the result', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const poll = await ask(app, {}, ['Pizza', 'Sushi'])
    const upstream = await listen(app)
    const port = await freePort()
    const buffered = `location / { proxy_pass ${upstream}; proxy_ignore_headers X-Accel-Buffering; }`
    await proxyTo(t, port, buffered)
    const { page, complaints } = await openWindow(chromium, `http://127.0.0.1:${port}`)
    const held = page.getByText('Live updates do not reach this browser.')
    await stopClock(page)
    const connected = page.waitForRequest('**/events')
    await page.goto(`/questions/${poll.slug}/results`)
    await connected
    await app.ballots.cast({ question: poll.id, voter: 'u:1', choices: [poll.choices[0]!] })
    assert.equal(await held.isVisible(), false)
    await page.clock.runFor(10_000)
    await held.waitFor()
    await page.getByRole('cell', { name: '100%' }).waitFor()
    await eventuallyEqual(() => app.live.open, 0, 'the stream is closed')
    await eventuallyEqual(() => page.getByRole('link', { name: 'Refresh' }).isVisible(), true)
    await app.ballots.cast({ question: poll.id, voter: 'u:2', choices: [poll.choices[1]!] })
    await page.clock.runFor(10_000)
    await eventuallyEqual(() => numbers(page), ['1', '1'])
    await page.clock.resume() // for axe
    await checkPage(page, 'a held stream')
    assert.deepEqual(complaints, [])
  })

  test('a page whose stream falls silent connects again', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const poll = await ask(app, {}, ['Pizza', 'Sushi'])
    const { page } = await openWindow(chromium, await listen(app))
    await stopClock(page)
    const connected = page.waitForResponse('**/events')
    await page.goto(`/questions/${poll.slug}/results`)
    await connected
    await page.locator('[data-live=refresh]').waitFor({ state: 'hidden' }) // the first event
    const again = page.waitForResponse('**/events')
    await page.clock.runFor(35_000) // two heartbeats and the tolerance
    await again
    await app.ballots.cast({ question: poll.id, voter: 'u:1', choices: [poll.choices[0]!] })
    await page.getByRole('cell', { name: '100%' }).waitFor()
    assert.equal(await page.getByText('Live updates do not reach this browser.').isVisible(), false)
  })

  test('a viewer who may see the result only after the close gets a link to it', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const poll = await ask(app, { results: 'after_close' }, ['Pizza', 'Sushi'])
    await app.ballots.cast({ question: poll.id, voter: 'u:1', choices: [poll.choices[0]!] })
    const { page } = await openWindow(chromium, await listen(app))
    const connected = page.waitForResponse('**/events')
    await page.goto(`/questions/${poll.slug}`)
    await connected
    assert.equal(await page.getByText('There is something new').isVisible(), false)
    await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
    await link(page, 'show the new one')
    await page.getByRole('cell', { name: '100%' }).waitFor()
  })

  test('without JavaScript a link shows newer numbers', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t))
    const poll = await ask(app, {}, ['Pizza', 'Sushi'])
    const { page } = await openWindow(chromium, await listen(app), { javaScriptEnabled: false })
    for (const [n, path] of ['', '/results'].entries()) {
      await page.goto(`/questions/${poll.slug}${path}`)
      await eventuallyEqual(() => page.getByRole('button', { name: 'Pause live updates' }).count(), 0)
      await app.ballots.cast({ question: poll.id, voter: `u:${n}`, choices: [poll.choices[0]!] })
      await link(page, 'Refresh')
      await eventuallyEqual(() => numbers(page), [String(n + 1), '0'])
    }
  })
})
