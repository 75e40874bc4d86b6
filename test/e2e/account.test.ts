/** Real Chromium: the pages of accounts and of administrators, by plain forms. */
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { checkPage } from '../support/accessible.ts'
import { build, member, PASSWORD } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, link, openMenu, path } from '../support/people.ts'
import { ask } from '../support/polls.ts'

async function register(page: Page, name: string, email: string) {
  await page.goto('/register')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await button(page, 'Register')
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
    await register(boss, 'Boss', 'boss@example.org')
    await register(ann, 'Ann', 'ann@example.org')

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

  test('every page of accounts is accessible and fits with long names, narrow and in dark colours', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded, { log: { level: 'silent' } })
    const viewport = { width: 320, height: 640 }
    const { page } = await openWindow(chromium, await listen(app), { colorScheme: 'dark', viewport })
    const visit = async (url: string) => {
      await page.goto(url)
      await checkPage(page, url)
    }
    await register(page, 'Donaudampfschifffahrtselektrizitätenhaup', `${'a'.repeat(60)}@example.org`)
    const ann = await member(app)
    const row = await app.db.fetchone<{ id: number }>('SELECT MIN(id) AS id FROM user WHERE is_admin = 1')
    await ask(app, { user_id: row!.id })
    const foreign = await ask(app, { user_id: ann.id })
    for (const url of [
      '/account',
      '/account/password',
      '/account/sessions',
      '/account/delete',
      '/admin',
      '/admin/users',
      '/admin/users?q=nobody-at-all',
      `/admin/users/${ann.id}`,
      `/questions/${foreign.slug}`,
      `/questions/${foreign.slug}/close`,
      `/questions/${foreign.slug}/delete`,
      `/reset/${(await app.resets.make(ann.id)).token}`,
      '/reset/no-such-link',
      '/login?done=reset'
    ]) {
      await visit(url)
    }
    for (const [url, name] of [
      ['/account', 'Save changes'],
      ['/account/password', 'Change password'],
      ['/account/delete', 'Delete account and 1 poll']
    ] as const) {
      await page.goto(url)
      await page.locator('main form').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''))
      if (url === '/account') await page.getByLabel('Name', { exact: true }).fill('')
      await button(page, name)
      await page.waitForFunction(() => document.activeElement?.id === 'mistakes')
      await checkPage(page, `${url}, refused`)
    }
    await page.goto(`/admin/users/${ann.id}`)
    await button(page, 'Make a reset link')
    await checkPage(page, 'a reset link')
    await page.goto(`/admin/users/${ann.id}`)
    await button(page, 'Disable account')
    await checkPage(page, 'a disabled account')
  })
})
