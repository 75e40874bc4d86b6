/** Real Chromium: a guest votes by link, without JavaScript and by keyboard, and then signs in. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { audit } from '../../app/models/polls/audit.ts'
import { checkPage } from '../support/accessible.ts'
import { build, member, PASSWORD } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, link, press } from '../support/people.ts'
import { ask, change } from '../support/polls.ts'

describe('e2e/link', () => {
  test('without JavaScript: vote by link, change, sign in, withdraw', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const poll = await ask(app, { listed: 0 }, ['Pizza', 'Sushi'])
    const ann = await member(app)
    const { page, complaints } = await openWindow(chromium, await listen(app), {
      javaScriptEnabled: false
    })
    await page.goto(`/questions/${poll.slug}`)
    await page.getByLabel('Pizza').check()
    await button(page, 'Vote')
    await eventuallyEqual(() => new URL(page.url()).hash, '#counted')
    await eventuallyMatch(() => page.getByRole('status').innerText(), /Your vote for Pizza was counted/)
    await link(page, 'Change vote')
    await eventuallyEqual(() => page.getByLabel('Pizza').isChecked(), true)
    await page.getByLabel('Sushi').check()
    await button(page, 'Change vote')
    await eventuallyMatch(() => page.getByRole('status').innerText(), /Your vote for Sushi was counted/)

    await page.context().clearCookies()
    await link(page, 'Change vote')
    await page.context().clearCookies()
    await page.getByLabel('Sushi').check()
    await button(page, 'Vote')
    await eventuallyMatch(
      () => page.getByRole('alert').innerText(),
      /NOT counted\. Allow cookies and try again/
    )
    await eventuallyEqual(() => page.getByLabel('Sushi').isChecked(), true)
    await button(page, 'Vote')
    await eventuallyMatch(() => page.getByRole('status').innerText(), /Your vote for Sushi was counted/)

    await press(page.getByRole('navigation').getByRole('link', { name: 'Sign in' }))
    await page.getByLabel('E-mail or phone').fill(ann.email)
    await page.getByLabel('Password').fill(PASSWORD)
    await button(page, 'Sign in')
    await eventuallyEqual(() => new URL(page.url()).pathname, `/questions/${poll.slug}`)
    await eventuallyMatch(() => page.getByRole('status').innerText(), /Your vote for Sushi was counted/)
    await link(page, 'Withdraw vote')
    await button(page, 'Withdraw vote')
    assert.deepEqual(
      complaints.filter(text => !/status of 403/.test(text)),
      []
    )
    const voters = async () =>
      (await app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = ?', [poll.id]))!
        .voters
    await eventuallyEqual(voters, 1, 'the first browser’s')
    assert.deepEqual(await audit(app.db), [])
  })

  test('a guest votes with the keyboard alone, and every state is accessible', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const poll = await ask(app, {}, ['Pizza', 'Sushi'])
    const ann = await member(app)
    await ann.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] })
    const viewport = { width: 320, height: 640 }
    const { page } = await openWindow(chromium, await listen(app), { viewport })
    const check = (what: string) => checkPage(page, what)
    await page.goto(`/questions/${poll.slug}`)
    await check('the form')
    await page.getByText('How this poll works').click()
    await check('the help')
    await page.getByLabel('Pizza').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await eventuallyEqual(() => page.evaluate(() => document.activeElement?.textContent), 'Vote')
    await page.keyboard.press('Enter')
    await page.waitForURL('**#counted')
    await eventuallyMatch(() => page.locator('#counted').innerText(), /Your vote for Sushi was counted/)
    await check('a counted vote')
    await press(page.getByRole('navigation').getByRole('link', { name: 'Sign in' }))
    await page.getByLabel('E-mail or phone').fill(ann.email)
    await page.getByLabel('Password').fill(PASSWORD)
    await button(page, 'Sign in')
    await eventuallyMatch(() => page.getByRole('status').first().innerText(), /Your account’s vote counts/)
    await eventuallyMatch(() => page.locator('#counted').innerText(), /Your vote for Pizza was counted/)
    await check('a vote that gave way')
    await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
    await page.reload()
    await eventuallyEqual(() => page.getByRole('status').count(), 1)
  })
})
