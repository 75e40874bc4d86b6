/** Real Chromium: what a phone in a room keeps, and what starts again, when its page is renewed. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { member, start } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, chooseLanguage, path } from '../support/people.ts'
import { ask, change, ofDates } from '../support/polls.ts'
import { roomOf, sendJson } from '../support/rooms.ts'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
const focused = (page: Page) =>
  page.evaluate(() => {
    const { id, name, value } = document.activeElement as HTMLInputElement
    return id || `${name} ${value}`
  })
const language = (page: Page) => page.locator('html').getAttribute('lang')

/** Opens a phone in a room of these polls, the first of which is shown. */
async function join(
  t: TestContext,
  texts: readonly string[],
  settings: Parameters<typeof roomOf>[3] = {},
  options: BrowserContextOptions = {}
) {
  const chromium = await browser(t)
  const app = await start(t, await embedded.filled(t))
  const ann = await member(app)
  const room = await roomOf(app, ann, texts, settings)
  const window = await openWindow(chromium, await listen(app), {
    viewport: { width: 360, height: 740 },
    ...options
  })
  await window.page.goto(`/${room.code}`)
  await heading(window.page, texts[0]!)
  return { app, ann, ...room, ...window }
}

describe('e2e/room-renewed', () => {
  test('a phone follows the screen from a poll that is closed', async t => {
    const { app, page, polls, show, complaints } = await join(t, ['First?', 'Second?'])
    const [first, second] = polls
    await change(app, first!.id, { closed_time: '2026-01-01 00:00:00' })
    await page.getByText('Voting is closed. Closed on').waitFor()
    await show(second!.id)
    await heading(page, 'Second?')
    assert.deepEqual(complaints, [])
  })

  test('a phone says that what was chosen and not sent was not counted when voting closes', async t => {
    const { app, ann, page, polls, show, complaints } = await join(t, ['First?', 'Second?', 'Third?'])
    const [first, second, third] = polls
    const lost = page.locator('#lost')
    const says = 'Voting has just closed. What you chose here was NOT counted.'
    await page.getByLabel('Hills').check()
    await ann.submit(`/questions/${first!.slug}/close`, {})
    await lost.waitFor()
    assert.equal(await lost.innerText(), says)
    await eventuallyEqual(() => focused(page), 'lost')
    await sendJson(ann, `/questions/${first!.slug}/outcome`, { choice: first!.choices[0] })
    await page.getByRole('heading', { name: 'Decided' }).waitFor()
    assert.equal(await lost.innerText(), says, 'it stays while the poll is shown')

    await show(second!.id)
    await heading(page, 'Second?')
    assert.equal(await lost.count(), 0)
    await ann.submit(`/questions/${second!.slug}/close`, {})
    await page.getByText('Voting is closed. Closed on').waitFor()
    assert.equal(await lost.count(), 0, 'nothing was chosen')

    await show(third!.id)
    await heading(page, 'Third?')
    await page.getByLabel('Sea').check()
    await show(second!.id)
    await heading(page, 'Second?')
    await change(app, third!.id, { closed_time: '2026-01-01 00:00:00' })
    await show(third!.id)
    await heading(page, 'Third?')
    await eventuallyEqual(() => focused(page), 'lost')
    assert.equal(await lost.innerText(), says)
    assert.deepEqual(complaints, [])
  })

  test('answers that a form has by itself are not called lost when voting closes', async t => {
    const { ann, page, polls } = await join(t, ['First?'], { kind: 'answers', min_choices: 3 })
    await ann.submit(`/questions/${polls[0]!.slug}/close`, {})
    await page.getByText('Voting is closed. Closed on').waitFor()
    assert.equal(await page.locator('#lost').count(), 0)
  })

  test('a phone stays in the room when the language of a first vote is switched', async t => {
    const { page, code, polls, show, complaints } = await join(t, ['First?', 'Second?'])
    await page.getByLabel('Hills').check()
    await chooseLanguage(page, '简体中文')
    await eventuallyEqual(() => language(page), 'zh-Hans')
    assert.ok(await page.getByLabel('Hills').isChecked())
    await show(polls[1]!.id)
    await heading(page, 'Second?')
    await page.getByLabel('Sea').check()
    await chooseLanguage(page, 'English')
    await eventuallyEqual(() => language(page), 'en-GB')
    await button(page, 'Vote')
    await page.locator('#counted', { hasText: 'Sea' }).waitFor()
    assert.equal(path(page), `/${code}#counted`)
    assert.deepEqual(complaints, [])
  })

  test('the switches of the footer are those of the poll that is shown', async t => {
    const { app, page, polls, show, complaints } = await join(t, ['First?', 'Second?', 'Third?'])
    const [, second, third] = polls
    await change(app, third!.id, { closed_time: '2026-01-01 00:00:00' })
    await page.locator('footer .languages summary').click()
    await show(second!.id)
    await heading(page, 'Second?')
    assert.ok((await page.locator('footer .languages').getAttribute('open')) !== null, 'the menu stays open')
    await page.getByLabel('Hills').check()
    await chooseLanguage(page, '简体中文')
    await eventuallyEqual(() => language(page), 'zh-Hans')
    await heading(page, 'Second?')
    assert.ok(await page.getByLabel('Hills').isChecked())
    await page.locator('[data-renew]').waitFor()

    await show(third!.id)
    await heading(page, 'Third?')
    await chooseLanguage(page, 'English')
    await eventuallyEqual(() => language(page), 'en-GB')
    await heading(page, 'Third?')
    const stored = page.waitForResponse('**/theme')
    await button(page, 'Dark')
    await stored
    await eventuallyEqual(() => page.locator('html').getAttribute('data-theme'), 'dark')

    await show(second!.id)
    await heading(page, 'Second?')
    await page.getByLabel('Sea').check()
    const storedAgain = page.waitForResponse('**/theme')
    await button(page, 'Light')
    await storedAgain
    await eventuallyEqual(() => page.locator('html').getAttribute('data-theme'), 'light')
    assert.ok(await page.getByLabel('Sea').isChecked(), 'the theme is switched without leaving the page')
    assert.deepEqual(complaints, [])
  })

  test('Back fills in what was typed for the poll that is shown, and for no other', async t => {
    const { page, polls, show, complaints } = await join(t, ['First?', 'Second?'], { suggestions: 'on' })
    const [first, second] = polls
    const suggestion = page.locator('#choice_text')
    await show(second!.id)
    await heading(page, 'Second?')
    await suggestion.fill('Lakes')
    await page.goto('/questions')
    await show(first!.id)
    await page.goBack()
    await heading(page, 'First?')
    assert.equal(await suggestion.inputValue(), '')
    await page.goto('/questions')
    await show(second!.id)
    await page.goBack()
    await heading(page, 'Second?')
    await eventuallyEqual(() => suggestion.inputValue(), 'Lakes')
    assert.deepEqual(complaints, [])
  })

  test('a phone listens to the form of the poll that is shown, and to no former one', async t => {
    for (const settings of [
      { kind: 'multiple', max_choices: 2 },
      { kind: 'dots', budget: 10 },
      { kind: 'ranked', max_choices: 2, count_method: 'irv' }
    ] as const) {
      const { page, polls, show, complaints } = await join(t, ['First?', 'Second?'], settings)
      const session = await page.context().newCDPSession(page)
      const listeners = async () => {
        const { result } = await session.send('Runtime.evaluate', { expression: 'window' })
        const found = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId! })
        return found.listeners.filter(({ type }) => type === 'pageshow').length
      }
      const before = await listeners()
      for (const n of [1, 0, 1]) {
        await show(polls[n]!.id)
        await heading(page, ['First?', 'Second?'][n]!)
      }
      await eventuallyEqual(listeners, before, settings.kind)
      assert.deepEqual(complaints, [])
    }
  })

  test('a timer takes nothing from what is typed, nor the focus', async t => {
    const settings = { privacy: 'public', suggestions: 'on' } as const
    const { page, ann, polls, complaints } = await join(t, ['First?'], settings)
    const [{ slug, choices }] = polls as [(typeof polls)[0]]
    const timer = async (seconds: number) => {
      await sendJson(ann, `/questions/${slug}/present`, { timer: seconds })
      await eventuallyEqual(() => page.getByRole('timer').count(), seconds > 0 ? 1 : 0)
    }
    await page.getByLabel('Hills').check()
    await page.locator('#choice_text').fill('Lakes')
    await page.getByText('How this poll works').click()
    await page.locator('#name').fill('Zoë')
    await timer(60)
    await eventuallyEqual(() => focused(page), 'name')
    await page.keyboard.type(' Z')
    assert.equal(await page.locator('#name').inputValue(), 'Zoë Z')
    assert.equal(await page.locator('#choice_text').inputValue(), 'Lakes')
    assert.ok(await page.getByLabel('Hills').isChecked())
    assert.equal(await page.locator('details.fold[open]').count(), 1, 'what was unfolded stays open')

    await page.getByLabel('Hills').focus()
    await timer(0)
    await eventuallyEqual(() => focused(page), `choice ${choices[1]}`)
    await page.getByRole('button', { name: 'Vote', exact: true }).focus()
    await timer(60)
    await eventuallyEqual(() => focused(page), 'vote')
    await page.keyboard.press('Enter')
    await page.locator('#counted', { hasText: 'Lakes' }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('a timer leaves the focus on the button that moves an option', async t => {
    const settings = { kind: 'ranked', count_method: 'irv', max_choices: 2 } as const
    const { page, ann, polls, complaints } = await join(t, ['First?'], settings)
    await page.getByRole('button', { name: /Move .Hills. up/ }).focus()
    const before = await focused(page)
    await sendJson(ann, `/questions/${polls[0]!.slug}/present`, { timer: 60 })
    await page.getByRole('timer').waitFor()
    await eventuallyEqual(() => focused(page), before)
    await page.keyboard.press('Enter')
    await eventuallyEqual(() => page.getByLabel('Hills', { exact: true }).inputValue(), '1')
    assert.deepEqual(complaints, [])
  })

  test('a phone says which vote counts in the poll that is shown, also of another tab', async t => {
    const { page, polls, show, complaints } = await join(t, ['First?', 'Second?'])
    const [, second] = polls
    await show(second!.id)
    await heading(page, 'Second?')
    const tab = await page.context().newPage()
    await tab.goto(`/questions/${second!.slug}`)
    await tab.getByLabel('Sea').check()
    await button(tab, 'Vote')
    await page.locator('#counted', { hasText: 'Sea' }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('a phone that waited for the first poll has its own times and a countdown', async t => {
    const zone = { timezoneId: 'America/New_York' }
    const { app, ann, page, id, code, show, complaints } = await join(t, ['First?'], {}, zone)
    const poll = await ask(app, { user_id: ann.id, question_text: 'When?', ...ofDates(1) }, [
      { starts: '2026-12-04 17:00:00', ends: '2026-12-04 19:00:00' }
    ])
    await sendJson(ann, `/rooms/${id}`, { questions: [poll.id] })
    await heading(page, 'Geography')
    const joined = 'You have joined. The first poll appears here by itself.'
    assert.equal(await page.locator('.blank').innerText(), joined)
    assert.equal(await page.locator('body > .spoken').innerText(), joined, 'it is announced')
    await page.reload()
    await heading(page, 'Geography')
    await show(poll.id)
    await heading(page, 'When?')
    const signIn = page.getByRole('link', { name: 'Sign in', exact: true })
    assert.equal(await signIn.getAttribute('href'), `/login?next=%2F${code}`, 'signing in leads back')
    await eventuallyMatch(() => page.locator('.scale legend').innerText(), /12:00.14:00\sGMT-5/)
    await sendJson(ann, `/questions/${poll.slug}/present`, { timer: 60 })
    await eventuallyMatch(() => page.getByRole('timer').innerText(), /Closes in (1:00|0:\d\d)/)
    assert.deepEqual(complaints, [])
  })

  test('a closing time is in the zone of the phone in every poll that is shown', async t => {
    const settings = { close_time: '2099-07-01 17:00:00' }
    const { page, polls, show, complaints } = await join(t, ['First?', 'Second?'], settings, {
      timezoneId: 'Asia/Shanghai'
    })
    const state = page.locator('.state.open')
    await eventuallyMatch(() => state.innerText(), /01:00 GMT\+8, your time \(/)
    await show(polls[1]!.id)
    await heading(page, 'Second?')
    await eventuallyMatch(() => state.innerText(), /01:00 GMT\+8, your time \(/)
    assert.deepEqual(complaints, [])
  })
})
