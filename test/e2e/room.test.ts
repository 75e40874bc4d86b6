/** Real Chromium: a phone in a room follows the screen, keeps what was chosen, and votes. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { start, member } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { button } from '../support/people.ts'
import { roomOf, sendJson } from '../support/rooms.ts'

describe('e2e/room', () => {
  test('a phone joins by the code, votes, and follows the screen from poll to poll', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.config(t))
    const ann = await member(app)
    const { id, code, polls, show } = await roomOf(app, ann)
    const site = await listen(app)
    const { page, complaints } = await openWindow(chromium, site, { viewport: { width: 360, height: 740 } })
    await page.goto('/login')
    await page.getByLabel('Enter a code').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
    await button(page, 'Join')
    const heading = (name: string) => page.getByRole('heading', { level: 1, name })
    await heading('First?').waitFor()
    await page.getByLabel('Sea').check()
    await button(page, 'Vote')
    await page.getByText('Your vote for Sea was counted').first().waitFor()
    assert.equal(new URL(page.url()).pathname, `/${code}`)

    await show(polls[1]!.id)
    await heading('Second?').waitFor()
    await page.getByLabel('Hills').check()
    await show(polls[2]!.id)
    await heading('Third?').waitFor()
    await show(polls[1]!.id)
    await heading('Second?').waitFor()
    assert.ok(await page.getByLabel('Hills').isChecked(), 'what was chosen is kept')
    await show(polls[0]!.id)
    await heading('First?').waitFor()
    await page.getByText('your vote', { exact: true }).waitFor()

    await sendJson(ann, `/rooms/${id}`, { act: 'close' })
    await heading('There is no open room with this code').waitFor()
    assert.deepEqual(
      complaints.filter(text => !/status of 404/.test(text)),
      []
    )
  })

  test('without script a Refresh link leads to the poll that is shown', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.config(t))
    const { code, polls, show } = await roomOf(app, await member(app))
    const { page } = await openWindow(chromium, await listen(app), { javaScriptEnabled: false })
    await page.goto(`/${code}`)
    await page.getByLabel('Sea').check()
    await button(page, 'Vote')
    await page.getByText('Your vote for Sea was counted').first().waitFor()
    await show(polls[1]!.id)
    await page.getByRole('link', { name: 'Refresh' }).click()
    await page.getByRole('heading', { level: 1, name: 'Second?' }).waitFor()
  })
})
