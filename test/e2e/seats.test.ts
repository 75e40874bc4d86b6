/** Real Chromium: options whose seats are taken, in a form of several options. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { member, start } from '../support/app.ts'
import { browser, follows, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { button, press } from '../support/people.ts'
import { sendJson } from '../support/rooms.ts'

/**
 * Opens the page of a poll of two of three options; the first has a single seat, which `take`
 * takes.
 */
async function workshops(t: TestContext) {
  const chromium = await browser(t)
  const app = await start(t, await embedded.filled(t))
  const ann = await member(app)
  const poll = {
    question_text: 'Which workshops?',
    choice_text: ['Wood', 'Metal', 'Paper'],
    kind: 'multiple',
    max_choices: 2,
    capacity: [1, null, null]
  }
  const { id, slug, choices } = (await sendJson(ann, '/questions', poll)).json()
  const take = () => ann.put(`/questions/${slug}/vote`, { choice: [choices[0].id] })
  const window = await openWindow(chromium, await listen(app))
  const box = (name: string) => window.page.getByRole('checkbox', { name })
  return { ann, ...window, id, box, take, path: `/questions/${slug}` }
}

/** Opens the page of a poll of two seats, one of each option, whose result voters alone see. */
async function twoSeats(t: TestContext, results = 'after_vote') {
  const chromium = await browser(t)
  const app = await start(t, await embedded.filled(t))
  const members = [await member(app), await member(app)] as const
  const poll = {
    question_text: 'Which day?',
    choice_text: ['Monday', 'Tuesday'],
    capacity: [1, 2],
    max_ballots: 2,
    results
  }
  const { id, slug, choices } = (await sendJson(members[0], '/questions', poll)).json()
  const path = `/questions/${slug}`
  const take = (n: 0 | 1) => members[n].put(`${path}/vote`, { choice: choices[n].id })
  const leave = (n: 0 | 1) => members[n].delete(`${path}/vote`)
  const site = await listen(app)
  const open = async (address: string) => {
    const { page } = await openWindow(chromium, site)
    await page.goto(address)
    await follows(page)
    return page
  }
  return { ann: members[0], id, path, open, take, leave }
}

describe('e2e/seats', () => {
  test('a page that is open is told that seats are taken, and free again', async t => {
    const { path, open, take, leave } = await twoSeats(t)
    const outdated = (page: Page) => page.locator('[data-live=outdated]')
    const early = await open(path)
    await take(0)
    await outdated(early).waitFor()
    await leave(0)
    await outdated(early).waitFor({ state: 'hidden' })
    await take(0)
    await take(1)
    const late = await open(path)
    await late.getByText('This poll is full').waitFor()
    assert.equal(await outdated(late).isVisible(), false)
    await leave(1)
    await outdated(late).waitFor()
    await press(outdated(late).getByRole('link'))
    await late.getByRole('radio', { name: 'Tuesday' }).check()
    await button(late, 'Vote')
    await late.locator('#counted', { hasText: 'Tuesday' }).waitFor()
    await follows(late)
    assert.equal(await outdated(late).isVisible(), false, 'a voter has a seat')
  })

  test('phones in a room follow the seats', async t => {
    const { ann, id, open, take, leave } = await twoSeats(t, 'after_close')
    const { code } = (await sendJson(ann, '/rooms', { title: 'Days', questions: [id] })).json()
    const phone = await open(`/${code}`)
    const monday = phone.getByRole('radio', { name: 'Monday' })
    await take(0)
    await eventuallyEqual(() => monday.isDisabled(), true)
    await take(1)
    await phone.getByText('This poll is full').waitFor()
    await leave(0)
    await eventuallyEqual(() => monday.isDisabled(), false)
  })

  test('the seats that are left are told where votes are', async t => {
    const { path, open, take } = await twoSeats(t, 'always')
    const page = await open(path)
    await page.getByText('2 seats left').waitFor()
    await take(1)
    await eventuallyEqual(() => page.getByText('2 seats left').count(), 0)
    await eventuallyEqual(() => page.getByText('1 seat left').count(), 2)
    assert.equal(await page.locator('[data-live=outdated]').isVisible(), false)
  })

  test('a full option stays disabled whatever else is ticked', async t => {
    const { page, box, take, path, complaints } = await workshops(t)
    await take()
    await page.goto(path)
    await page.getByText('0 of 2 chosen').waitFor()
    assert.ok(await box('Wood').isDisabled())
    await box('Metal').check()
    await box('Paper').check()
    await page.getByText('2 of 2 chosen').waitFor()
    await box('Metal').uncheck()
    await page.getByText('1 of 2 chosen').waitFor()
    assert.deepEqual([await box('Wood').isDisabled(), await box('Metal').isEnabled()], [true, true])
    assert.deepEqual(complaints, [])
  })

  test('an option that was refused because it is full is not ticked any more', async t => {
    const { page, box, take, path } = await workshops(t)
    await page.goto(path)
    await box('Wood').check()
    await box('Metal').check()
    await take()
    await button(page, 'Vote')
    await page.getByText('1 of 2 chosen').waitFor()
    assert.deepEqual([await box('Wood').isChecked(), await box('Metal').isChecked()], [false, true])
    await button(page, 'Vote')
    await page.locator('#counted', { hasText: 'Metal' }).waitFor()
  })

  test('an option that is full by now is not ticked again by Back, nor in a room', async t => {
    const { ann, page, id, box, take, path } = await workshops(t)
    await page.goto(path)
    await box('Wood').check()
    await box('Metal').check()
    await page.goto('/questions')
    await take()
    await page.goBack()
    await page.getByText('1 of 2 chosen').waitFor()
    assert.deepEqual([await box('Wood').isChecked(), await box('Metal').isChecked()], [false, true])

    await ann.delete(`${path}/vote`)
    const { code } = (await sendJson(ann, '/rooms', { title: 'Workshops', questions: [id] })).json()
    await page.goto(`/${code}`)
    await box('Wood').check()
    await box('Metal').check()
    await take()
    await sendJson(ann, `${path}/present`, { timer: 60 })
    await page.getByText('1 of 2 chosen').waitFor()
    assert.deepEqual([await box('Wood').isChecked(), await box('Metal').isChecked()], [false, true])
  })
})
