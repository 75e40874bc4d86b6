/** Real Chromium: a guest creates a poll, manages it by its link, and keeps it in a new account. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, member } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { guestPolls } from '../support/guests.ts'
import { button, link, path, press, signUp } from '../support/people.ts'

describe('e2e/guest-poll', () => {
  for (const javaScriptEnabled of [false, true])
    test(`create, vote, close and claim ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async t => {
      const chromium = await browser(t)
      const app = await build(t, embedded, guestPolls)
      await member(app) // the administrator
      const base = await listen(app)
      const { page, complaints } = await openWindow(chromium, base, { javaScriptEnabled })
      await page.goto('/login')
      await link(page, 'Create a poll')
      await page.getByLabel('Question').fill('Lunch?')
      await page.getByLabel('Option 1', { exact: true }).fill('Soup')
      await page.getByLabel('Option 2', { exact: true }).fill('Salad')
      await button(page, 'Create poll')
      await eventuallyMatch(
        () => page.locator('main').innerText(),
        /shown this once and cannot be shown again/
      )
      const shown = page.getByLabel('Your manage link')
      const address = await shown.inputValue()
      assert.match(address, /\/manage\?t=[0-9a-f]{32}$/)
      await page.setViewportSize({ width: 360, height: 740 })
      const hidden = await shown.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)
      assert.equal(hidden, 0, 'the secret shows as a whole on a phone')
      if (javaScriptEnabled) {
        await button(page, 'Copy')
        await eventuallyMatch(() => page.locator('[data-copied]').innerText(), /./)
      }
      await link(page, 'Go to the poll')
      await eventuallyMatch(() => page.url(), /\/manage$/)
      const voters = await page.locator('#link').inputValue()

      const voter = await openWindow(chromium, base, { javaScriptEnabled })
      await voter.page.goto(new URL(voters).pathname)
      await voter.page.getByLabel('Soup').check()
      await button(voter.page, 'Vote')
      await eventuallyMatch(() => voter.page.getByRole('status').first().innerText(), /counted/)

      const phone = await openWindow(chromium, base, { javaScriptEnabled })
      await phone.page.goto(new URL(address).pathname + new URL(address).search)
      await eventuallyEqual(() => new URL(phone.page.url()).search, '')
      await link(phone.page, 'Close voting')
      await button(phone.page, 'Close voting')
      await eventuallyMatch(() => phone.page.locator('main').innerText(), /Voting is closed/)

      await link(phone.page, 'Keep this poll in my account')
      await eventuallyMatch(() => phone.page.url(), /\/claim$/)
      await press(phone.page.locator('main').getByRole('link', { name: 'Register' }))
      await signUp(phone.page, 'Gus')
      await eventuallyMatch(() => path(phone.page), /\/claim$/)
      await button(phone.page, 'Keep this poll in my account')
      await eventuallyMatch(() => phone.page.locator('main').innerText(), /The poll is in your account now/)

      await page.reload()
      await eventuallyMatch(() => page.locator('main').innerText(), /This manage link is not valid/)
      assert.deepEqual(
        [...complaints, ...voter.complaints, ...phone.complaints].filter(one => !/403/.test(one)),
        []
      )
    })
})
