/**
 * Real Chromium: the big screen follows votes, its keys and a phone, and shows nothing that is
 * hidden.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { build, member } from '../support/app.ts'
import { become, browser, listen, openWindow, stopClock } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, link, path } from '../support/people.ts'
import { ask } from '../support/polls.ts'

/** Returns the rows of the result: option, votes, percent. */
const result = (page: Page) =>
  page
    .locator('.bars li')
    .evaluateAll(rows =>
      rows.map(row => [...row.querySelectorAll('bdi, [data-number]')].map(cell => cell.textContent.trim()))
    )

const shows = (page: Page, ...row: string[]) => eventuallyEqual(async () => (await result(page))[0], row)
const hides = (page: Page) => page.locator('#result').waitFor({ state: 'detached' })

describe('e2e/present', () => {
  test('the screen follows votes, and a phone without JavaScript can hide, show and close', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const url = await listen(app)
    const ann = await member(app)
    const { slug, choices } = await ask(app, { user_id: ann.id })
    const { page: screen, complaints } = await openWindow(chromium, url)
    const { page: phone } = await openWindow(chromium, url, {
      javaScriptEnabled: false,
      viewport: { width: 360, height: 640 }
    })
    await become(phone, ann, url)
    await screen.goto(`/questions/${slug}/present`)
    await eventuallyEqual(
      () => result(screen),
      [
        ['Yes', '0', '–'],
        ['No', '0', '–']
      ]
    )
    const vote = (voter: number) =>
      app.ballots.cast({ question: 4, voter: `u:${voter}`, choices: [choices[0]!] })
    await vote(1)
    await shows(screen, 'Yes', '1', '100%')
    await eventuallyEqual(() => screen.locator('svg.bar rect').first().getAttribute('width'), '100%')
    await eventuallyEqual(
      () => screen.getByRole('button', { name: 'Hide results' }).count(),
      0,
      'a guest decides nothing'
    )

    await phone.goto(`/questions/${slug}/manage`)
    await link(phone, 'Present')
    await button(phone, 'Hide results')
    await hides(screen)
    assert.doesNotMatch(await screen.content(), /leads with|data-choice/, 'not even in the page’s data')
    await vote(2)
    await button(phone, 'Show results')
    await shows(screen, 'Yes', '2', '100%')
    await vote(3)
    await shows(screen, 'Yes', '3', '100%') // and it moves on
    await phone.locator('summary', { hasText: 'Close voting' }).click()
    await button(phone, 'Close voting')
    await eventuallyEqual(() => path(phone), `/questions/${slug}/present`)
    await screen.getByText('Voting is closed.').waitFor()
    await eventuallyEqual(() => screen.getByText('Vote at').count(), 0)
    assert.deepEqual(complaints, [])
  })

  test('the state of a poll says how long is left as the countdown does', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const soon = new Date(Date.now() + 600_000).toISOString().slice(0, 19).replace('T', ' ')
    const { slug } = await ask(app, { close_time: soon })
    const { page } = await openWindow(chromium, await listen(app))
    await stopClock(page)
    await page.goto(`/questions/${slug}/present`)
    await eventuallyMatch(() => page.locator('[data-live=state]').innerText(), /, in 10 minutes\.$/)
    const minutes = /Closes in (?:10|9):\d\d/
    await eventuallyMatch(() => page.getByRole('timer').innerText(), minutes)
    await page.clock.runFor(560_000)
    const [, seconds] = /^Closes in 0:(\d\d)$/.exec(await page.getByRole('timer').innerText())!
    assert.match(
      await page.locator('[data-live=state]').innerText(),
      new RegExp(`, in ${Number(seconds)} seconds\\.$`)
    )
  })

  test('keys hide, show and close, and can be turned off; the countdown runs', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const url = await listen(app)
    const ann = await member(app)
    const soon = new Date(Date.now() + 5_400_000).toISOString().slice(0, 19).replace('T', ' ')
    const { slug } = await ask(app, { user_id: ann.id, close_time: soon })
    const { page, complaints } = await openWindow(chromium, url)
    await become(page, ann, url)
    await stopClock(page)
    await page.goto(`/questions/${slug}/present`)
    const left = async () => {
      const [, hours, minutes, seconds] = /^Closes in (\d):(\d\d):(\d\d)$/.exec(
        (await page.getByRole('timer').textContent())!
      )!
      return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
    }
    const before = await left()
    assert.ok(before > 5_300 && before <= 5_401, String(before))
    await page.clock.runFor(60_000)
    assert.equal(await left(), before - 60)
    await page.clock.resume()

    await page.locator('summary', { hasText: 'Keys' }).click()
    await page.getByText('show or hide the results').waitFor()
    await page.keyboard.press('h')
    await hides(page)
    await page.locator('[data-live=count]').waitFor()
    await button(page, 'Hide number of votes')
    await page.locator('[data-live=count]').waitFor({ state: 'detached' })
    await button(page, 'Show number of votes')
    await page.locator('[data-live=count]').waitFor()
    await page.getByRole('button', { name: 'Show results' }).focus()
    await page.keyboard.press('h')
    await shows(page, 'Yes', '0', '–')
    await eventuallyEqual(() => page.evaluate(() => document.activeElement?.id), 'toggle', 'the focus stays')
    await page.keyboard.press('f')
    await page.waitForFunction(() => document.fullscreenElement !== null)
    await page.keyboard.press('f')
    await page.waitForFunction(() => document.fullscreenElement === null)

    await page.locator('summary', { hasText: 'Keys' }).click()
    await button(page, 'Use these keys')
    await page.keyboard.press('h')
    await page.keyboard.press('c')
    await eventuallyEqual(() => page.locator('.ask[open]').count(), 0)
    await button(page, 'Use these keys')
    await page.keyboard.press('c')
    await eventuallyEqual(() => page.evaluate(() => document.activeElement?.id), 'close')
    await page.keyboard.press('Escape')
    await eventuallyEqual(() => page.evaluate(() => document.activeElement?.textContent), 'Close voting')
    await page.keyboard.press('c')
    await page.keyboard.press('Enter')
    await page.getByText('Voting is closed.').waitFor()
    await eventuallyEqual(() => page.getByRole('timer').count(), 0)
    assert.deepEqual(complaints, [])
  })

  test('the keys are where they are on a keyboard of another script, also in full width', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const url = await listen(app)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    const { page, complaints } = await openWindow(chromium, url)
    await become(page, ann, url)
    await page.goto(`/questions/${slug}/present`)
    const press = (key: string, code: string) =>
      page.evaluate(
        init => document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true })),
        { key, code }
      )
    const opened = () => page.locator('.ask[open]').count()
    const presses = [
      ['ؤ', 'KeyC', 1],
      ['с', 'KeyC', 0],
      ['ψ', 'KeyC', 1],
      ['ב', 'KeyC', 0],
      ['ｃ', 'KeyC', 1],
      ['j', 'KeyC', 1], // Dvorak, where C is another key
      ['è', 'KeyC', 1],
      ['C', 'KeyI', 0]
    ] as const
    for (const [key, code, count] of presses) {
      await press(key, code)
      assert.equal(await opened(), count, `${key} of ${code}`)
    }
    await press('р', 'KeyH')
    await hides(page)
    await press('้', 'KeyH') // Thai: a mark
    await shows(page, 'Yes', '0', '–')
    assert.deepEqual(complaints, [])
  })
})
