/** Real Chromium: everything a voter does works without JavaScript, and with the keyboard alone. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { audit } from '../../app/models/polls/audit.ts'
import { build, PASSWORD } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, link, openMenu, path, press, result, signUp } from '../support/people.ts'

async function register(page: Page) {
  await page.goto('/register')
  await signUp(page, 'Ann')
}

describe('e2e/pages', () => {
  test('without JavaScript: register, list, vote, change, withdraw, sign out', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const url = await listen(app)
    const { page, complaints } = await openWindow(chromium, url, { javaScriptEnabled: false })
    await page.goto('/')
    await eventuallyEqual(() => path(page), '/login', 'a guest is asked who they are')
    await press(page.getByRole('navigation').getByRole('link', { name: 'Register' }))
    await eventuallyEqual(() => path(page), '/register')
    await register(page)
    await eventuallyEqual(() => path(page), '/#done')
    await press(page.getByRole('navigation').getByRole('link', { name: 'Polls', exact: true }))
    await link(page, 'Which programming language do you like best?')

    await button(page, 'Vote')
    await eventuallyMatch(() => page.getByRole('alert').innerText(), /Choose an option/)
    await page.getByLabel('go', { exact: true }).check()
    await button(page, 'Vote')
    await eventuallyEqual(() => path(page), '/questions/sample-language#counted')
    const counted = page.getByRole('status')
    await eventuallyEqual(async () => (await counted.innerText()).trim(), 'Your vote for go was counted.')
    await eventuallyEqual(() => counted.evaluate(node => node.matches(':target')), true)
    await eventuallyEqual(
      () => result(page),
      [
        ['python', '3', '43%'],
        ['java', '2', '29%'],
        ['go your vote', '2', '29%']
      ]
    )
    const bars = await page
      .locator('svg.bar rect')
      .evaluateAll(all => all.map(bar => bar.getBoundingClientRect()))
    assert.ok(bars[0]!.width > bars[1]!.width && bars[1]!.width === bars[2]!.width && bars[2]!.width > 20)

    await link(page, 'Change vote')
    await eventuallyEqual(() => page.getByLabel('go', { exact: true }).isChecked(), true)
    await page.getByLabel('java').check()
    await button(page, 'Change vote')
    await eventuallyEqual(async () => (await result(page))[1], ['java your vote', '3', '43%'])
    await link(page, 'Withdraw vote')
    await button(page, 'Withdraw vote')
    await eventuallyEqual(async () => (await result(page))[1], ['java', '2', '33%'])

    await page.goto('/questions/3')
    await page.getByLabel('A long walk').check()
    await page.getByLabel('A good book').check()
    await button(page, 'Vote')
    await eventuallyMatch(() => page.getByRole('status').innerText(), /A long walk and A good book/)
    await openMenu(page)
    await button(page, 'Sign out')
    await eventuallyEqual(() => path(page), '/login')
    await page.getByLabel('E-mail or phone').fill('ann@example.org')
    await page.getByLabel('Password').fill(PASSWORD)
    await button(page, 'Sign in')
    await page.goto('/questions/3')
    await eventuallyMatch(() => page.getByRole('status').innerText(), /was counted/)
    assert.deepEqual(
      complaints.filter(text => !/status of 422/.test(text)),
      [],
      'the browser complains of nothing'
    )
    assert.deepEqual(await audit(app.db), [])
  })

  test('a voter can vote with the keyboard alone', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const { page } = await openWindow(chromium, await listen(app))
    await register(page)
    await page.goto('/questions/1')
    await page.getByLabel('python').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await eventuallyEqual(() => page.evaluate(() => document.activeElement?.textContent), 'Vote')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/sample-language#counted')
    await page.waitForFunction(() => document.activeElement?.id === 'counted') // the message has the focus
    await eventuallyMatch(() => page.locator('#counted').innerText(), /Your vote for java was counted/)
  })
})
