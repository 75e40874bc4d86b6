/** Real Chromium: the page of a room as the remote control of its screen. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { BrowserContextOptions } from 'playwright-core'
import { member, start } from '../support/app.ts'
import { become, browser, follows, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { button, press } from '../support/people.ts'
import { ask } from '../support/polls.ts'
import { type RoomAnswer, roomOf, sendJson } from '../support/rooms.ts'

/** Opens a window for the organiser of a room whose polls hide their results. */
async function control(t: TestContext, options: BrowserContextOptions = {}) {
  const chromium = await browser(t)
  const app = await start(t, await embedded.filled(t))
  const ann = await member(app)
  const room = await roomOf(app, ann, ['First?', 'Second?'], { results: 'after_close' })
  const site = await listen(app)
  const window = await openWindow(chromium, site, { viewport: { width: 360, height: 740 }, ...options })
  await become(window.page, ann, site)
  return { app, ann, ...room, ...window, path: `/rooms/${room.id}` }
}

describe('e2e/remote', () => {
  test('a remote control whose screen hides the number of votes loads once for each poll', async t => {
    const { ann, page, path, polls, show, complaints } = await control(t)
    await sendJson(ann, path, { act: 'hide-count' })
    let loads = 0
    page.on('request', request => {
      if (new URL(request.url()).pathname === path) loads++
    })
    await page.goto(path)
    await page.getByText('Votes: 0').waitFor()
    await follows(page)
    await show(polls[1]!.id)
    await page.getByRole('link', { name: 'Second?' }).waitFor()
    await follows(page)
    assert.equal(loads, 2)
    assert.deepEqual(complaints, [])
  })

  test('an older page of a room, without script, keeps the poll that another one added and shows', async t => {
    const { app, ann, page, path, polls, show } = await control(t, { javaScriptEnabled: false })
    await page.goto(path)
    const third = await ask(app, { user_id: ann.id, question_text: 'Third?' })
    const ids = [...polls.map(({ id }) => id), third.id]
    await sendJson(ann, path, { questions: ids })
    await show(third.id)
    await press(page.getByRole('button', { name: /^Move up: .Second/ }))
    await page.getByLabel('Title').fill('Rivers')
    await button(page, 'Save')
    await eventuallyEqual(
      async () => {
        const { title, active, questions } = (await ann.get(path)).json<RoomAnswer>()
        return { title, active, questions: questions.map(poll => poll.question_text) }
      },
      { title: 'Rivers', active: third.id, questions: ['Second?', 'First?', 'Third?'] }
    )
  })
})
