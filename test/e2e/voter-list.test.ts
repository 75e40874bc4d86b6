/**
 * Real Chromium without JavaScript: an organiser makes a voter list, prints it, and a holder votes.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { build, member, PASSWORD } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, link, press } from '../support/people.ts'
import { ask } from '../support/polls.ts'

describe('e2e/voter-list', () => {
  test('without JavaScript: make links, save and print them, vote, change, revoke', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    await member(app) // the administrator
    const ann = await member(app)
    const poll = await ask(app, { user_id: ann.id, audience: 'list', listed: 0 }, ['Pizza', 'Sushi'])
    const base = await listen(app)
    const { page, complaints } = await openWindow(chromium, base, { javaScriptEnabled: false })
    await page.goto('/login')
    await page.getByLabel('E-mail or phone').fill(ann.email)
    await page.getByLabel('Password').fill(PASSWORD)
    await button(page, 'Sign in')
    await page.goto(`/questions/${poll.slug}/manage`)
    await link(page, 'Voter list')
    await page.getByLabel('Names, one per line').fill('Jan\nKim\n')
    await button(page, 'Make links')
    await eventuallyMatch(() => page.getByRole('status').first().innerText(), /2 links were made/)

    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download as CSV' }).click()
    const file = await download
    assert.equal(file.suggestedFilename(), 'invitations.csv')
    const [, jan, kim] = readFileSync(await file.path(), 'utf8').split('\r\n')
    assert.match(jan!, /^1,Jan,http/)

    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.getByLabel('Links to vote').isVisible(), false)
    const slips = page.locator('.slips li')
    assert.equal(await slips.count(), 2)
    for (const slip of await slips.all()) assert.equal(await slip.locator('svg.qr').isVisible(), true)
    assert.match(await slips.last().innerText(), /Kim/)
    await page.emulateMedia({ media: null })

    const addressOf = (record: string) => record.split(',')[2]!
    const voter = await openWindow(chromium, base, { javaScriptEnabled: false })
    const phone = voter.page
    await phone.goto(addressOf(jan!).replace(/^https?:\/\/[^/]+/, ''))
    assert.equal(new URL(phone.url()).search, '')
    assert.match(await phone.locator('main').innerText(), /You vote with the invitation for Jan/)
    await phone.getByLabel('Pizza').check()
    await button(phone, 'Vote')
    await eventuallyMatch(() => phone.getByRole('status').innerText(), /Your vote for Pizza was counted/)
    await link(phone, 'Change vote')
    await phone.getByLabel('Sushi').check()
    await button(phone, 'Change vote')
    await eventuallyMatch(() => phone.getByRole('status').innerText(), /Your vote for Sushi was counted/)

    const stranger = await openWindow(chromium, base, { javaScriptEnabled: false })
    await stranger.page.goto(`/questions/${poll.slug}`)
    assert.match(await stranger.page.locator('h1').innerText(), /Only people with an invitation can vote/)

    await page.goto(`/questions/${poll.slug}/invitations`)
    await eventuallyMatch(() => page.locator('main').innerText(), /Jan\s+voted[^]*Kim\s+not used/)
    await press(page.getByRole('link', { name: /Revoke the invitation: .*Jan/ }))
    await page.getByLabel('Remove the vote').check()
    await button(page, 'Revoke')
    await eventuallyMatch(() => page.locator('main').innerText(), /Jan\s+revoked/)
    await phone.goto(`/questions/${poll.slug}`)
    await eventuallyMatch(() => phone.locator('h1').innerText(), /revoked this invitation/)
    await eventuallyEqual(
      async () =>
        (await app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = ?', [poll.id]))
          ?.voters,
      0
    )
    const expected = /status of (403|410)/
    for (const said of [complaints, voter.complaints, stranger.complaints])
      assert.deepEqual(
        said.filter(one => !expected.test(one)),
        []
      )
    assert.ok(kim)
  })
})
