/** Real Chromium: creating a poll by typing, pasting and Enter, with and without JavaScript. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { freePort } from '../../app/ops/servers.ts'
import { build, member } from '../support/app.ts'
import { become, browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, link, path, signUp } from '../support/people.ts'
import { ask } from '../support/polls.ts'
import { sendJson } from '../support/rooms.ts'

const options = (page: Page) => page.getByRole('textbox', { name: /^Option \d/ })
const typed = (page: Page) =>
  options(page).evaluateAll((all: HTMLTextAreaElement[]) => all.map(field => field.value))
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id)
const listed = (page: Page) =>
  page.getByRole('rowheader').evaluateAll(all => all.map(cell => cell.textContent))

/** Simulates a paste from another program: the event, then the text. */
const paste = (page: Page, text: string) => page.keyboard.insertText(text)

/** Opens the form of a new poll for a new account, on a site of its own. */
async function openForm(t: TestContext, options: BrowserContextOptions = {}) {
  const chromium = await browser(t)
  const app = await build(t, embedded)
  const { page, complaints } = await openWindow(chromium, await listen(app), options)
  await page.goto('/register?next=/questions/new')
  await signUp(page, 'Ann')
  await eventuallyEqual(() => path(page), '/questions/new')
  return { app, page, complaints }
}

describe('e2e/creating', () => {
  test('a user creates a poll by typing, Enter and pasting, and copies its link', async t => {
    const chromium = await browser(t)
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const app = await build(t, embedded, { server: { publicUrl: url } })
    await app.listen({ host: '127.0.0.1', port })
    const permissions = ['clipboard-read', 'clipboard-write']
    const { page, complaints } = await openWindow(chromium, url, { permissions })
    await page.goto('/register?next=/questions/new')
    await signUp(page, 'Ann')
    await eventuallyEqual(() => path(page), '/questions/new')
    await eventuallyEqual(() => typed(page), ['', ''], 'two fields to begin with')
    await eventuallyEqual(() => page.getByRole('button', { name: 'More fields' }).count(), 0)

    await page.getByLabel('Question').fill('Where to?')
    await page.getByLabel('Question').press('Enter')
    await eventuallyEqual(() => focused(page), 'Option 1', 'Enter leads on and sends nothing')
    await page.keyboard.type('Pizza')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Sushi')
    await eventuallyEqual(() => typed(page), ['Pizza', 'Sushi', ''], 'a third appears as one types')
    await page.keyboard.press('Enter')
    await eventuallyEqual(() => focused(page), 'Option 3')
    await paste(page, 'Tapas\r\n\r\n Ramen\nCurry')
    await eventuallyEqual(() => typed(page), ['Pizza', 'Sushi', 'Tapas', ' Ramen', 'Curry', ''])
    await eventuallyEqual(() => focused(page), 'Option 6')
    await options(page).nth(1).focus()
    await page.keyboard.press('End')
    await paste(page, ' bar\nSoup')
    await eventuallyEqual(() => typed(page), ['Pizza', 'Sushi bar', 'Soup', 'Tapas', ' Ramen', 'Curry', ''])
    await eventuallyEqual(() => focused(page), 'Option 4', 'behind what was pasted')
    await options(page).nth(5).fill('')
    await eventuallyEqual(async () => (await typed(page)).length, 6, 'one empty field at the end')

    await button(page, 'Create poll')
    await eventuallyMatch(() => path(page), /^\/questions\/[\w-]{22}\/manage$/)
    await eventuallyEqual(() => listed(page), ['Pizza', 'Sushi bar', 'Soup', 'Tapas', 'Ramen'])
    const field = page.getByLabel('Link for voters')
    const address = page.url().replace('/manage', '')
    await eventuallyEqual(() => field.inputValue(), address)
    await eventuallyEqual(() => page.evaluate(() => getSelection()!.toString()), address, 'already selected')
    const said = page.locator('[data-copied]')
    const display = () => said.evaluate(region => getComputedStyle(region).display)
    await eventuallyEqual(display, 'block', 'a region that begins to be shown is not announced')
    await button(page, 'Copy')
    await eventuallyEqual(() => said.innerText(), 'Copied')
    await eventuallyEqual(() => page.evaluate(() => navigator.clipboard.readText()), address)
    const code = page.getByRole('img', { name: `QR code of ${address}` })
    await code.waitFor()
    await page.emulateMedia({ media: 'print' })
    const printed = async () => (await page.locator('body').innerText()).trim().replace(/\s+/g, ' ')
    await eventuallyEqual(printed, `Where to? ${address}`, 'on paper: the question, the code, the address')
    assert.ok(await code.isVisible())
    await page.emulateMedia({ media: null })
    await link(page, 'What voters see')
    await eventuallyEqual(() => page.url(), address)
    assert.deepEqual(complaints, [])
  })

  test('what a poll can begin with stands on one line, and below itself on a phone', async t => {
    const { page } = await openForm(t, { viewport: { width: 320, height: 700 } })
    const texts = () =>
      page.locator('.presets > *').evaluateAll(all =>
        all.map(one => {
          const range = document.createRange()
          range.selectNodeContents(one)
          const { left, top, bottom } = range.getBoundingClientRect()
          return { left, top, bottom }
        })
      )
    const phone = await texts()
    const [first] = phone
    const rows = Map.groupBy(phone, ({ bottom }) => bottom)
    assert.ok(rows.size > 1)
    for (const [begin] of rows.values()) assert.ok(Math.abs(begin!.left - first!.left) < 2)
    await page.setViewportSize({ width: 1280, height: 700 })
    assert.equal(new Set((await texts()).map(({ bottom }) => bottom)).size, 1)
  })

  test('the page of a poll without a code prints its state and its result', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const ann = await member(app)
    const site = await listen(app)
    const { page } = await openWindow(chromium, site)
    await become(page, ann, site)
    await page.emulateMedia({ media: 'print' })
    for (const audience of ['link', 'list'] as const) {
      const { slug } = await ask(app, { user_id: ann.id, audience, question_text: 'Where to?' }, [
        'Sea',
        'Hills'
      ])
      await page.goto(`/questions/${slug}/manage`)
      assert.equal(await page.getByRole('img', { name: /^QR/ }).count(), 0)
      await eventuallyMatch(
        () => page.locator('body').innerText(),
        /^Where to\?\s+Voting is open[^]*Sea[^]*Hills/,
        audience
      )
      assert.ok(await page.locator('.share-card').isHidden(), audience)
      assert.ok(await page.getByText('Delete poll').first().isHidden(), audience)
    }
  })

  test('without the Clipboard API, Copy uses execCommand', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const { page } = await openWindow(chromium, await listen(app))
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await page.goto('/register?next=/questions/new')
    await signUp(page, 'Ann')
    await page.getByLabel('Question').fill('Where to?')
    await options(page).first().fill('Here\nThere')
    await button(page, 'Create poll')
    await button(page, 'Copy')
    await eventuallyEqual(() => page.locator('[data-copied]').innerText(), 'Copied')
    await eventuallyEqual(() => page.evaluate(() => document.activeElement!.textContent), 'Copy')
  })

  test('options beyond fifty stay in the last field, and the server reports them', async t => {
    const { page } = await openForm(t)
    await page.getByLabel('Question').fill('Which?')
    const many = (count: number) => Array.from({ length: count }, (_, n) => `Option ${n}`)
    await options(page).first().focus()
    await paste(page, many(52).join('\n'))
    await eventuallyEqual(() => typed(page), [...many(49), 'Option 49\nOption 50\nOption 51'])
    await button(page, 'Create poll')
    await eventuallyMatch(() => page.getByRole('alert').innerText(), /At most 50 options/)
    await eventuallyEqual(
      async () => (await typed(page)).join('\n').split('\n').slice(0, 52),
      many(52),
      'nothing typed is lost'
    )
    await options(page).nth(1).fill('')
    await options(page).nth(2).fill('')
    await button(page, 'Create poll')
    await eventuallyEqual(async () => (await listed(page)).length, 50)
  })

  test('Back keeps each option in its field, also in fields that were added', async t => {
    const { page, complaints } = await openForm(t)
    await eventuallyEqual(() => typed(page), ['', ''])
    const texts = ['', 'Pizza', 'Sushi', 'Tapas', '', 'Ramen', 'Curry', '']
    await options(page).first().focus()
    await paste(page, 'Bread\nPizza\nSushi\nTapas\nSoup\nRamen\nCurry')
    await options(page).nth(4).fill('')
    await options(page).nth(0).fill('')
    await eventuallyEqual(() => typed(page), texts)
    await page.goto('/questions')
    await page.goBack()
    await eventuallyEqual(() => typed(page), texts)
    assert.deepEqual(complaints, [])
  })

  test('Enter on a button beside an option presses the button', async t => {
    const { page, complaints } = await openForm(t)
    await eventuallyEqual(() => typed(page), ['', ''])
    await options(page).first().focus()
    await paste(page, 'Pizza\nSushi\nTapas')
    await eventuallyEqual(() => typed(page), ['Pizza', 'Sushi', 'Tapas', ''])
    const press = (move: string) => page.locator(`[data-move=${move}]`).nth(2).press('Enter')
    await press('up')
    await eventuallyEqual(() => typed(page), ['Pizza', 'Tapas', 'Sushi', ''])
    await press('away')
    await eventuallyEqual(() => typed(page), ['Pizza', 'Tapas', ''])
    assert.deepEqual(complaints, [])
  })

  test('Enter of an input method is ignored', async t => {
    const { page } = await openForm(t)
    const isTaken = (selector: string, init: object) =>
      page
        .locator(selector)
        .first()
        .evaluate((field: HTMLElement, init) => {
          field.focus()
          const event = new KeyboardEvent('keydown', {
            key: 'Enter',
            bubbles: true,
            cancelable: true,
            ...init
          })
          return !field.dispatchEvent(event) || document.activeElement !== field
        }, init)
    const composing = [
      { keyCode: 229 },
      { keyCode: 229, isComposing: true },
      { keyCode: 13, isComposing: true }
    ]
    for (const selector of ['#question_text', 'textarea[name=choice_text]']) {
      for (const init of composing) assert.equal(await isTaken(selector, init), false, selector)
      assert.equal(await isTaken(selector, { keyCode: 13 }), true, `${selector}: Enter itself leads on`)
    }
  })

  test('without JavaScript each line becomes an option, and Enter in the question sends the form', async t => {
    const { page } = await openForm(t, { javaScriptEnabled: false })
    await page.getByLabel('Question').press('Enter')
    await eventuallyEqual(() => path(page), '/questions/new', 'the browser itself asks for what is missing')
    await page.getByLabel('Question').fill('Where to?')
    await page.getByLabel('Question').press('Enter')
    await eventuallyMatch(() => page.getByRole('alert').innerText(), /Write at least two options/)
    await eventuallyEqual(() => page.getByLabel('Question').inputValue(), 'Where to?')
    await options(page).first().focus()
    await page.keyboard.type('Pizza')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Sushi')
    await eventuallyEqual(() => options(page).count(), 5)
    await button(page, 'More fields')
    await eventuallyEqual(() => typed(page), ['Pizza', 'Sushi', ...Array.from({ length: 5 }, () => '')])
    await options(page).nth(6).fill('Tapas')
    await page.getByLabel('Question').press('Enter')
    await eventuallyMatch(() => path(page), /\/manage$/, 'Enter creates the poll')
    await eventuallyEqual(() => listed(page), ['Pizza', 'Sushi', 'Tapas'])
    await eventuallyEqual(
      () => page.getByRole('button', { name: 'Copy' }).count(),
      0,
      'no button that does nothing'
    )

    await link(page, 'Edit poll')
    await options(page).nth(2).fill('Tapas\nRamen')
    await button(page, 'Save changes')
    await eventuallyEqual(() => listed(page), ['Pizza', 'Sushi', 'Tapas', 'Ramen'])
  })

  test('a double click, and sending again after Back, create one poll', async t => {
    const { page, app } = await openForm(t)
    await page.getByLabel('Question').fill('Where to?')
    await options(page).first().fill('Here\nThere')
    await page.getByRole('button', { name: 'Create poll' }).dblclick()
    // Not waitForURL: it fails when the second click aborts the navigation of the first.
    await eventuallyMatch(() => page.url(), /\/manage$/)
    await page.waitForLoadState()
    const made = page.url()
    await page.goBack()
    await eventuallyEqual(() => path(page), '/questions/new')
    await page.goForward()
    await eventuallyEqual(() => page.url(), made)
    await page.goBack()
    await eventuallyEqual(() => page.getByLabel('Question').inputValue(), 'Where to?')
    await button(page, 'Create poll')
    await eventuallyEqual(() => page.url(), made, 'the same form makes the same poll')
    await page.goBack()
    await eventuallyEqual(() => page.getByLabel('Question').inputValue(), 'Where to?')
    await page.getByLabel('Question').fill('Where to go?')
    await button(page, 'Create poll')
    await page.locator(`a[href="${new URL(made).pathname}"]`).waitFor()
    const polls = await app.db.select("SELECT id FROM question WHERE question_text LIKE 'Where to%'")
    assert.equal(polls.length, 1)
  })

  test('Back to one of several forms of a new poll shows what was typed there, and it makes a poll of its own', async t => {
    const { page, app } = await openForm(t)
    const question = page.getByLabel('Question', { exact: true })
    const { id: user_id } = (await app.db.fetchone<{ id: number }>("SELECT id FROM user WHERE name = 'Ann'"))!
    for (const question_text of ['Template A?', 'Template B?']) {
      await page.goto(`/questions/${(await ask(app, { user_id, question_text })).slug}/manage`)
      await page.locator('main .menu > summary').first().click()
      await button(page, 'Save as a template')
      await eventuallyMatch(() => path(page), /#done$/)
    }
    const templates = await app.templates.list(user_id)
    const forms = ['', '?preset=quick', '?preset=ticket', ...templates.map(({ id }) => `?template=${id}`)]
    const nonce = () => page.locator('[name=nonce]').inputValue()
    const nonces: string[] = []
    const texts = (n: number) => Array.from({ length: 3 + n }, (_, place) => `Option ${n} ${place}`)
    for (const [n, form] of forms.entries()) {
      await page.goto(`/questions/new${form}`)
      nonces.push(await nonce())
      await question.fill(`Poll ${n}?`)
      await options(page).evaluateAll((all: HTMLTextAreaElement[]) => {
        for (const field of all) field.value = ''
      })
      await options(page).first().fill(texts(n).join('\n'))
    }
    for (const n of forms.keys().toArray().toReversed()) {
      await page.waitForLoadState()
      await eventuallyEqual(() => question.inputValue(), `Poll ${n}?`)
      await eventuallyEqual(async () => (await typed(page)).filter(Boolean), texts(n))
      await eventuallyEqual(nonce, nonces[n])
      if (n > 0) await page.goBack()
    }

    const create = async (form: string, text: string) => {
      await page.goto(`/questions/new${form}`)
      await question.fill(text)
      await options(page).first().fill('Here\nThere')
      await button(page, 'Create poll')
      await eventuallyMatch(() => path(page), /manage$/)
    }
    await create('?preset=quick', 'The quick one?')
    await create('?preset=ticket', 'The ticket?')
    for (const address of [/preset=ticket$/, /manage$/, /preset=quick$/]) {
      await page.goBack()
      await eventuallyMatch(() => page.url(), address)
    }
    await eventuallyEqual(() => question.inputValue(), 'The quick one?')
    await button(page, 'Create poll')
    await eventuallyEqual(
      () => page.getByRole('heading', { level: 1 }).innerText(),
      'The quick one?',
      'its own nonce: the same poll again'
    )
  })

  test('a closing time is also shown in the viewer’s time zone, while typing and on the page', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded, { server: { timeZone: 'Europe/Berlin' } })
    await member(app) // the first account would be asked for the zone of the site
    const url = await listen(app)
    const { page } = await openWindow(chromium, url, { timezoneId: 'Asia/Shanghai' })
    await page.goto('/register?next=/questions/new')
    await signUp(page, 'Ann')
    await eventuallyEqual(() => path(page), '/questions/new')
    await page.getByText('More settings').click()
    const field = page.getByLabel('Closes at (Europe/Berlin time)')
    await field.fill('2031-07-01T17:00')
    await eventuallyMatch(
      () => page.getByRole('status').innerText(),
      /^Tue,? 1 Jul, 23:00 GMT\+8, your time$/
    )
    await button(page, 'In a week')
    const inAWeek = Date.parse(`${await field.inputValue()}Z`) - Date.now()
    assert.ok(inAWeek > 6.9 * 86_400_000 && inAWeek < 7.2 * 86_400_000, 'in the time zone of the site')
    await field.fill('2031-03-30T02:30') // an hour that Berlin's clock change skips
    await eventuallyEqual(() => page.getByRole('status').innerText(), '')
    await field.fill('2031-10-26T02:30') // an hour that occurs twice
    await eventuallyMatch(
      () => page.getByRole('status').innerText(),
      /^Sun,? 26 Oct, 08:30 GMT\+8, your time$/
    )
    await page.getByLabel('Question').fill('Where to?')
    await options(page).first().fill('Here\nThere')
    await button(page, 'Create poll')
    const closes = /Closes Sun,? 26 Oct, 08:30 GMT\+8, your time \(Sun, 26 Oct 2031, 02:30 CEST\), in/
    await eventuallyMatch(() => page.locator('main').innerText(), closes)
    await link(page, 'What voters see')
    await eventuallyMatch(() => page.locator('main').innerText(), closes)

    const { page: near } = await openWindow(chromium, url, { timezoneId: 'Europe/Paris' })
    await near.goto(page.url())
    await eventuallyMatch(() => near.locator('main').innerText(), /Closes Sun, 26 Oct 2031, 02:30 CEST, in/)
  })

  test('a pasted list loses its marks, and an address in a description is a link that fits a phone', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded, { server: { host: '127.0.0.1' } })
    const url = await listen(app)
    const { page } = await openWindow(chromium, url, { viewport: { width: 320, height: 640 } })
    await page.goto('/register?next=/questions/new')
    await signUp(page, 'Ann')
    await eventuallyEqual(() => path(page), '/questions/new')
    const address = `https://example.org/${'a-long-path/'.repeat(10)}?q=(1)`
    await page.getByLabel('Question').fill('\u2068Where to?\u2069')
    await options(page).nth(0).focus()
    await paste(page, '1. Room A\t12\n2. Room B\t30')
    await eventuallyEqual(() => typed(page), ['Room A\t12', 'Room B\t30', ''])
    await page.getByText('More settings').click()
    await page.getByLabel('Description').fill(`See ${address}. Thanks!`)
    await button(page, 'Create poll')
    await eventuallyEqual(() => listed(page), ['Room A 12', 'Room B 30'])
    await page.goto(page.url().replace('/manage', ''))
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Where to?')
    const shown = page.getByRole('link', { name: address })
    assert.equal(await shown.getAttribute('href'), address)
    assert.equal(await shown.getAttribute('rel'), 'nofollow ugc noopener')
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.equal(over, 0, 'nothing overflows')
  })

  test('Back to the form of an edit that others have changed shows what is stored, not what was typed over it', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const ann = await member(app)
    const site = await listen(app)
    const { slug } = await ask(app, { user_id: ann.id, question_text: 'Is it?' })
    const { page, complaints } = await openWindow(chromium, site)
    await become(page, ann, site)
    const question = page.getByLabel('Question', { exact: true })
    await page.goto(`/questions/${slug}/edit`)
    await page.getByLabel('Description').fill('Of May')
    await page.goto('/questions')
    await page.goBack()
    await eventuallyEqual(() => page.getByLabel('Description').inputValue(), 'Of May')
    await page.goto('/questions')
    const edited = { question_text: 'Is it now?', choice_text: ['Yes', 'No'], revision: 1 }
    assert.equal((await sendJson(ann, `/questions/${slug}`, edited)).statusCode, 200)
    await page.goBack()
    await eventuallyEqual(() => question.inputValue(), 'Is it now?')
    await eventuallyEqual(() => page.getByLabel('Description').inputValue(), '')
    assert.deepEqual(complaints, [])
  })
})
