/** Real Chromium: what one account typed is not shown to the next one that uses the same tab. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { build, member, PASSWORD } from '../support/app.ts'
import { become, browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { button, openMenu, path, signUp } from '../support/people.ts'
import { ask } from '../support/polls.ts'

/** The keys and values of the tab's storage. */
const stored = (page: Page) => page.evaluate(() => Object.entries(sessionStorage))

async function signOut(page: Page) {
  await openMenu(page)
  await button(page, 'Sign out')
  await eventuallyEqual(() => path(page), '/login')
}

async function signIn(page: Page, email: string) {
  await page.getByLabel('E-mail or phone').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await button(page, 'Sign in')
  await eventuallyEqual(() => path(page), '/')
  await page.waitForLoadState()
}

describe('e2e/shared-computer', () => {
  test('after sign-out Back fills in nothing, and the tab keeps nothing', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const url = await listen(app)
    const [ann, bob] = [await member(app), await member(app)]
    const { slug } = await ask(app, { audience: 'members' })
    const { page } = await openWindow(chromium, url)
    await become(page, ann, url)
    await page.goto(`/questions/${slug}`)
    await page.getByLabel('Yes', { exact: true }).check()
    await page.goto('/account')
    await page.goBack()
    await eventuallyEqual(() => page.getByLabel('Yes', { exact: true }).isChecked(), true)
    await signOut(page)
    await eventuallyEqual(() => stored(page), [])

    await signIn(page, bob.email)
    await page.goBack() // to the sign-in page
    await page.goBack()
    await eventuallyEqual(() => path(page), `/questions/${slug}`)
    // The browser restores fields after it has loaded the page.
    await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 500)))
    assert.equal(await page.getByLabel('Yes', { exact: true }).isChecked(), false)
  })

  test('a registration is not filled in again after sign-out', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    await member(app) // the administrator
    const { page } = await openWindow(chromium, await listen(app))
    await page.goto('/register')
    await signUp(page, 'Ann')
    await eventuallyEqual(() => path(page), '/')
    await eventuallyEqual(() => stored(page), [])
    await signOut(page)
    await eventuallyEqual(() => stored(page), [])
  })

  test('codes are not stored', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const url = await listen(app)
    const { page } = await openWindow(chromium, url)
    await become(page, await member(app), url)
    await page.goto('/account/second-factor')
    await page.locator('[name=code]').fill('abcde-fghij')
    await page.goto('/account')
    assert.deepEqual(await stored(page), [])
  })
})
