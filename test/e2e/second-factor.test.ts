/**
 * Real Chromium, with and without JavaScript: a second factor is set up, and a form that waits for
 * sign-in is kept through it.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { build, member, PASSWORD } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, path } from '../support/people.ts'

const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()

/** Fills in the open page of sign-in up to the page that asks for the code. */
async function enterPassword(page: Page, email: string) {
  await page.getByLabel('E-mail or phone').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await button(page, 'Sign in')
  await eventuallyMatch(() => page.locator('h1').innerText(), /Enter your code/)
}

describe('e2e/second-factor', () => {
  for (const javaScriptEnabled of [true, false])
    test(`set up, and a poll that waits for sign-in is created, script ${javaScriptEnabled ? 'on' : 'off'}`, async t => {
      const chromium = await browser(t)
      const app = await build(t, embedded)
      const { email } = await member(app)
      const base = await listen(app)
      const { page, complaints } = await openWindow(chromium, base, { javaScriptEnabled })
      await page.goto('/login?next=/account/second-factor')
      await page.getByLabel('E-mail or phone').fill(email)
      await page.getByLabel('Password').fill(PASSWORD)
      await button(page, 'Sign in')
      await eventuallyEqual(() => path(page), '/account/second-factor')
      const secret = await page.getByLabel('Secret').inputValue()
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByLabel('Code', { exact: true }).fill(codeOf(secret))
      await button(page, 'Turn on')
      await eventuallyMatch(() => page.locator('main').innerText(), /The second factor is on/)
      const codes = (await page.getByLabel('Recovery codes').inputValue()).split('\n')
      assert.equal(codes.length, 10)
      const recovery = codes[0]!
      await eventuallyEqual(() => page.getByRole('button', { name: 'Copy' }).isVisible(), javaScriptEnabled)

      // The session ends while a poll is typed.
      for (const [question, code] of [
        ['Where “to”?', async () => codeOf(secret)],
        ['When?', async () => recovery]
      ] as const) {
        await page.goto('/questions/new')
        await page.getByLabel('Question', { exact: true }).fill(question)
        await page.getByLabel('Option 1', { exact: true }).fill('Sea & hills')
        await page.getByLabel('Option 2', { exact: true }).fill('北京')
        await page.context().clearCookies()
        await app.db.execute('UPDATE user SET totp_step = 0') // the code of this step may be used again
        await button(page, 'Create poll')
        await enterPassword(page, email)
        await page.getByLabel('Code', { exact: true }).fill('000000')
        await button(page, 'Sign in')
        await eventuallyMatch(() => page.getByRole('alert').innerText(), /code/i)
        await page.getByLabel('Code', { exact: true }).fill(await code())
        await button(page, 'Sign in')
        await eventuallyEqual(() => page.locator('h1').innerText(), question)
        await eventuallyMatch(() => page.locator('main').innerText(), /Sea & hills[^]*北京/)
      }
      assert.deepEqual(
        complaints.filter(one => !one.includes('status of 401')),
        []
      )
    })
})
