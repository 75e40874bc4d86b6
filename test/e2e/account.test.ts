/** Real Chromium: the pages of accounts and of administrators, by plain forms. */
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { build, PASSWORD } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, link, openMenu, path, signUp } from '../support/people.ts'

async function register(page: Page, name: string, email?: string) {
  await page.goto('/register')
  await signUp(page, name, email)
}

async function login(page: Page, email: string, password: string) {
  await page.goto('/login')
  await page.getByLabel('E-mail or phone').fill(email)
  await page.getByLabel('Password').fill(password)
  await button(page, 'Sign in')
}

describe('e2e/account', () => {
  test('a browser sends an e-mail address with what was copied around it', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const { page } = await openWindow(chromium, await listen(app))
    await register(page, 'Ann', '"Ann" <ann0@example.org>')
    const copied = [
      '<ann1@example.org>',
      'ann2@example.org,',
      '“ann3@example.org”',
      'mailto:ann4@example.org'
    ]
    for (const [n, text] of copied.entries()) {
      await page.goto('/account')
      await eventuallyEqual(() => page.getByLabel('E-mail').inputValue(), `ann${n}@example.org`)
      await page.getByLabel('E-mail').fill(text)
      await page.getByLabel('Current password').fill(PASSWORD)
      await button(page, 'Save changes')
      await eventuallyEqual(() => page.getByLabel('E-mail').inputValue(), `ann${n + 1}@example.org`)
    }
  })

  test('without JavaScript: edit the account, reset the password by a link, delete the account', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded, { log: { level: 'silent' } })
    const url = await listen(app)
    const open = async () => (await openWindow(chromium, url, { javaScriptEnabled: false })).page
    const [boss, ann] = [await open(), await open()]
    await register(boss, 'Boss')
    await register(ann, 'Ann')

    await openMenu(ann)
    await link(ann, 'Account')
    await ann.getByLabel('E-mail').fill('anne@example.org')
    await button(ann, 'Save changes')
    await eventuallyMatch(() => ann.getByRole('alert').innerText(), /This is not your password/)
    await ann.getByLabel('Current password').fill(PASSWORD)
    await button(ann, 'Save changes')
    await eventuallyMatch(() => ann.getByRole('status').innerText(), /Your changes are saved/)
    await eventuallyEqual(() => ann.getByLabel('E-mail').inputValue(), 'anne@example.org')

    await openMenu(boss)
    await link(boss, 'Admin')
    await link(boss, 'Accounts')
    await boss.getByRole('searchbox').fill('anne@')
    await button(boss, 'Search')
    await link(boss, 'Ann')
    await button(boss, 'Make a reset link')
    const reset = await boss.getByLabel('Link for a new password').inputValue()

    const phone = await open()
    await phone.goto(reset)
    await phone.goto(reset)
    await phone.getByLabel('New password').fill('password1')
    await button(phone, 'Set password')
    await eventuallyMatch(() => phone.getByRole('alert').innerText(), /most common passwords/)
    await phone.getByLabel('New password').fill('another long password')
    await button(phone, 'Set password')
    await eventuallyMatch(() => phone.getByRole('status').innerText(), /Your new password is set/)
    await login(phone, 'anne@example.org', 'another long password')
    await ann.goto('/account')
    await eventuallyEqual(() => path(ann), '/login', 'signed out by it')
    await login(ann, 'anne@example.org', 'another long password')

    await ann.goto('/account/sessions')
    await eventuallyEqual(() => ann.getByRole('listitem').filter({ hasText: 'Chrome on Linux' }).count(), 2)
    await button(ann, 'Sign out everywhere else')
    await eventuallyEqual(() => ann.getByRole('listitem').filter({ hasText: 'Chrome on Linux' }).count(), 1)
    await phone.goto('/account')
    await eventuallyEqual(() => path(phone), '/login')

    await ann.goto('/account')
    await link(ann, 'Delete account')
    await ann.getByLabel('Current password').fill('another long password')
    await button(ann, 'Delete account')
    await eventuallyMatch(() => ann.getByRole('status').innerText(), /Your account is deleted/)
    await boss.goto('/admin/users?q=anne')
    await eventuallyMatch(() => boss.getByRole('main').innerText(), /No account has “anne”/)
  })
})
