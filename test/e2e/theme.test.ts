/** Real Chromium: light or dark by choice, with script and without. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { build } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { button, path } from '../support/people.ts'
import { ask } from '../support/polls.ts'

/** Returns the visible background colour. */
const isDark = (page: Page) =>
  page.evaluate(() => {
    const [red] = /\d+/.exec(getComputedStyle(document.documentElement).backgroundColor)!
    return Number(red) < 128
  })

describe('e2e/theme', () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`the device’s theme applies until the user chooses one, script ${javaScriptEnabled ? 'on' : 'off'}`, async t => {
      const chromium = await browser(t)
      const app = await build(t, embedded)
      const { slug } = await ask(app, { audience: 'link' })
      const colorScheme = 'light' as const
      const options = { javaScriptEnabled, colorScheme }
      const { page, complaints } = await openWindow(chromium, await listen(app), options)
      await page.goto(`/questions/${slug}`)
      await eventuallyEqual(() => isDark(page), false)
      await page.emulateMedia({ colorScheme: 'dark' })
      await eventuallyEqual(() => isDark(page), true)
      await page.getByLabel('No', { exact: true }).check()

      const kept = javaScriptEnabled
        ? page.waitForResponse('**/theme')
        : page.waitForEvent('domcontentloaded')
      await button(page, 'Light')
      await kept
      assert.equal(path(page), `/questions/${slug}`, 'still there')
      await eventuallyEqual(() => isDark(page), false)
      await eventuallyEqual(
        () => page.getByRole('button', { name: 'Light' }).getAttribute('aria-pressed'),
        'true'
      )
      if (javaScriptEnabled)
        assert.equal(await page.getByLabel('No', { exact: true }).isChecked(), true, 'nothing is lost')
      await page.goto('/login')
      await eventuallyEqual(() => isDark(page), false, 'remembered')

      const forgotten = javaScriptEnabled
        ? page.waitForResponse('**/theme')
        : page.waitForEvent('domcontentloaded')
      await button(page, 'Auto')
      await forgotten
      await page.goto('/login')
      await eventuallyEqual(() => isDark(page), true)
      assert.deepEqual(complaints, [])
    })
  }
})
