/** Real Chromium: a poll closes and opens again while its form is open. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { checkPage } from '../support/accessible.ts'
import { build, member } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { button, link, press } from '../support/people.ts'
import { ask, change } from '../support/polls.ts'

const past = '2026-01-01 00:00:00'
const lost = 'Voting has just closed. What you chose here was NOT counted.'
const vote = (page: Page) => page.getByRole('button', { name: 'Vote', exact: true })
const isEnabled = (page: Page, enabled: boolean) =>
  page.waitForFunction(
    wanted => !document.querySelector<HTMLButtonElement>('[data-live=send]')!.disabled === wanted,
    enabled
  )
/** Returns the positions of the parts of form and result. */
const places = (page: Page) =>
  page
    .locator('label.choice, .poll form button, #result')
    .evaluateAll(all => all.map(node => node.getBoundingClientRect().toJSON() as DOMRect))

describe('e2e/closing', () => {
  for (const width of [320, 1024]) {
    test(`the form of a poll that closes says so without moving, and works after the poll opens again (${width} pixels)`, async t => {
      const chromium = await browser(t)
      const app = await build(t, embedded)
      const owner = await member(app)
      const poll = await ask(app, { user_id: owner.id })
      const { page, complaints } = await openWindow(chromium, await listen(app), {
        viewport: { width, height: 640 }
      })
      await page.goto(`/questions/${poll.slug}`)
      await page.getByRole('link', { name: 'Refresh' }).waitFor({ state: 'hidden' }) // connected
      await page.getByLabel('No').check()
      const before = await places(page)

      await owner.submit(`/questions/${poll.slug}/close`, {})
      await page.locator('form').getByText(lost).waitFor()
      await isEnabled(page, false)
      await page.waitForFunction(
        text => document.querySelector('[role=status]')!.textContent.startsWith(text),
        lost
      )
      assert.equal(await page.getByLabel('No').isChecked(), true, 'what was chosen is kept')
      assert.deepEqual(await places(page), before, 'nothing moves')
      await page.getByLabel('No').press('Enter')
      await checkPage(page, 'a form of a closed poll')

      await owner.submit(`/questions/${poll.slug}/reopen`, { close_time: '' })
      await isEnabled(page, true)
      await eventuallyEqual(() => page.locator('form').getByText(lost).isVisible(), false)
      await eventuallyEqual(() => places(page), before)
      await press(vote(page))
      await page.getByText('Your vote for No was counted.').waitFor()
      assert.deepEqual(complaints, [])
    })
  }

  test('the closing time stops a form too; a voter who changes a vote reads that the old one counts', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const poll = await ask(app)
    const { page } = await openWindow(chromium, await listen(app))
    await page.goto(`/questions/${poll.slug}`)
    await page.getByLabel('Yes').check()
    await button(page, 'Vote')
    await link(page, 'Change vote')
    await page.getByRole('link', { name: 'Refresh' }).waitFor({ state: 'hidden' })
    await change(app, poll.id, { close_time: past })
    await page.locator('form').getByText('This change was NOT counted: your earlier vote counts.').waitFor()
    await isEnabled(page, false)
  })

  test('while a vote is being sent, events of the stream do not change the page', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const poll = await ask(app)
    const url = await listen(app)
    const [{ page }, { page: other }] = [await openWindow(chromium, url), await openWindow(chromium, url)]
    for (const window of [page, other]) {
      await window.goto(`/questions/${poll.slug}`)
      await window.getByRole('link', { name: 'Refresh' }).waitFor({ state: 'hidden' })
    }
    const ended = page.waitForEvent('requestfailed', request => request.url().endsWith('/events'))
    await page.evaluate(() => document.addEventListener('submit', event => event.preventDefault())) // never answered
    await page.getByLabel('Yes').check()
    await vote(page).click()
    await ended
    await change(app, poll.id, { closed_time: past })
    await other.locator('form').getByText(lost).waitFor()
    assert.equal(await page.locator('form').getByText(lost).isVisible(), false)
  })
})
