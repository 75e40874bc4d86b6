/** Real Chromium: polls of dates, in the zones of their readers. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { catalogues } from '../../app/i18n/catalogues.ts'
import { checkPage } from '../support/accessible.ts'
import { build, member } from '../support/app.ts'
import { become, browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, path, press, signUp, textOf } from '../support/people.ts'
import { ask, ofDates } from '../support/polls.ts'

const options = [
  { starts: '2026-12-04', ends: null },
  { starts: '2026-12-04 17:00:00', ends: '2026-12-04 19:00:00' },
  { starts: '2026-12-05 00:00:00', ends: null }
]

/** The options as readers of these zones see them: their own time, and that of Berlin beside it. */
const shown: Array<[zone: string, labels: string[], line: RegExp]> = [
  [
    'America/New_York',
    [
      'Fri, 4 Dec 2026',
      'Fri, 4 Dec 2026, 12:00–14:00 GMT-5 (18:00–20:00 CET)',
      'Fri, 4 Dec 2026, 19:00 GMT-5 (Sat, 5 Dec 2026, 01:00 CET)'
    ],
    /Times are in your time zone.*Europe\/Berlin/
  ],
  [
    'Asia/Kolkata',
    [
      'Fri, 4 Dec 2026',
      'Fri, 4 Dec 2026, 22:30 GMT+5:30 – Sat, 5 Dec 2026, 00:30 GMT+5:30 (Fri, 4 Dec 2026, 18:00–20:00 CET)',
      'Sat, 5 Dec 2026, 05:30 GMT+5:30 (01:00 CET)'
    ],
    /Times are in your time zone.*Europe\/Berlin/
  ],
  [
    'Europe/Paris',
    ['Fri, 4 Dec 2026', 'Fri, 4 Dec 2026, 18:00–20:00 CET', 'Sat, 5 Dec 2026, 01:00 CET'],
    /Times are in Europe\/Berlin/
  ]
]

describe('e2e/dates', () => {
  test('the month names its days in letters that fit, and in words for screen readers, in all languages', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const site = await listen(app)
    const ann = await member(app)
    for (const { tag } of catalogues) {
      const { page, complaints } = await openWindow(chromium, site, {
        locale: tag,
        viewport: { width: 320, height: 700 }
      })
      await become(page, ann, site)
      await page.goto('/questions/new?preset=date')
      const heads = page.locator('.month th')
      const shown = await heads.evaluateAll(all =>
        all.map(head => {
          const letter = head.querySelector('[aria-hidden]')!
          return { lines: letter.getClientRects().length, overflows: head.scrollWidth > head.clientWidth }
        })
      )
      assert.deepEqual(
        shown,
        Array.from({ length: 7 }, () => ({ lines: 1, overflows: false })),
        tag
      )
      const days = new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' })
      const week = Array.from({ length: 7 }, (_, n) => days.format(n * 86_400_000)).toSorted()
      const names = await page
        .getByRole('columnheader')
        .evaluateAll(all => all.map(head => head.querySelector('.spoken')!.textContent))
      assert.deepEqual(names.toSorted(), week, tag)
      assert.deepEqual(complaints, [])
    }
  })

  for (const [timezoneId, labels, line] of shown)
    test(`a reader in ${timezoneId} sees own times first, and days as they are`, async t => {
      const chromium = await browser(t)
      const app = await build(t, embedded)
      const poll = await ask(app, { ...ofDates(3), question_text: 'When?' }, options)
      const { page, complaints } = await openWindow(chromium, await listen(app), {
        timezoneId,
        viewport: { width: 360, height: 740 }
      })
      await page.goto(`/questions/${poll.slug}`)
      await eventuallyMatch(() => textOf(page.locator('.zone-line')), line)
      await eventuallyEqual(() => page.locator('.scale legend').allInnerTexts(), labels)
      await checkPage(page, 'the form')
      await page.locator('.scale').nth(1).getByRole('radio', { name: 'Yes', exact: true }).check()
      await page.locator('.scale').nth(2).getByRole('radio', { name: 'If need be' }).check()
      await button(page, 'Vote')
      await eventuallyEqual(() => page.locator('.result th time').allInnerTexts(), labels)
      const sentence = () => textOf(page.locator('[data-live=sentence]'))
      await eventuallyEqual(sentence, `${labels[1]} leads: 1 yes and 0 if need be, of 1 voter.`)
      await checkPage(page, 'the result')
      const value = [0, 0, 2]
      for (const n of [7, 8])
        await app.ballots.cast({ question: poll.id, voter: `u:${n}`, choices: poll.choices, values: value })
      await eventuallyEqual(sentence, `${labels[2]} leads: 2 yes and 1 if need be, of 3 voters.`)
      assert.deepEqual(complaints, [])
    })

  test('a vote of another tab is named in the time of the reader', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const settings = { kind: 'single', time_zone: 'Europe/Berlin' } as const
    const { slug } = await ask(app, settings, [
      { starts: '2026-12-04 17:00:00', ends: '2026-12-04 19:00:00' },
      { starts: '2026-12-05 17:00:00', ends: '2026-12-05 19:00:00' }
    ])
    const { page, complaints } = await openWindow(chromium, await listen(app), {
      timezoneId: 'America/New_York'
    })
    const counted = page.locator('#counted')
    await page.goto(`/questions/${slug}`)
    await page.getByRole('radio').first().check()
    await button(page, 'Vote')
    await eventuallyMatch(() => textOf(counted), /4 Dec 2026, 12:00.14:00 GMT-5/)
    const tab = await page.context().newPage()
    await tab.goto(`/questions/${slug}/vote`)
    await tab.getByRole('radio').last().check()
    await button(tab, 'Change vote')
    await eventuallyMatch(() => textOf(counted), /5 Dec 2026, 12:00.14:00 GMT-5/)
    const rows = page.locator('.result [scope=row]')
    await eventuallyMatch(() => rows.last().innerText(), /12:00.14:00 GMT-5 \(18:00.20:00 CET\)\s+your vote$/)
    await eventuallyMatch(() => rows.first().innerText(), /12:00.14:00 GMT-5 \(18:00.20:00 CET\)$/)
    assert.deepEqual(complaints, [])
  })

  test('a new poll begins with the zone of a browser that has a newer name for it', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const ann = await member(app)
    const url = await listen(app)
    const { page } = await openWindow(chromium, url, { timezoneId: 'Asia/Kolkata' })
    await become(page, ann, url)
    // As Firefox does.
    await page.addInitScript(() => {
      Object.assign(Intl.DateTimeFormat.prototype, { resolvedOptions: () => ({ timeZone: 'Asia/Kolkata' }) })
    })
    await page.goto('/questions/new')
    const zone = page.locator('#time_zone')
    await eventuallyEqual(() => zone.inputValue(), 'Asia/Kolkata')
    assert.equal(await zone.locator('option[value="Asia/Kolkata"]').count(), 1)
  })

  test('without script the times are those of the poll, in the language of the reader', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const poll = await ask(app, { ...ofDates(3), question_text: 'When?' }, options)
    const { page } = await openWindow(chromium, await listen(app), {
      javaScriptEnabled: false,
      timezoneId: 'Asia/Kolkata',
      locale: 'zh-CN'
    })
    await page.goto(`/questions/${poll.slug}`)
    assert.match(await textOf(page.locator('.zone-line')), /Europe\/Berlin/)
    assert.deepEqual(await page.locator('.scale legend').allInnerTexts(), [
      '2026年12月4日周五',
      '2026/12/4周五 GMT+1 18:00–20:00',
      '2026年12月5日周六 GMT+1 01:00'
    ])
    assert.deepEqual(
      await page
        .locator('.scale legend time')
        .evaluateAll(all => all.map(one => (one as HTMLTimeElement).dateTime)),
      ['2026-12-04', '2026-12-04T17:00:00Z', '2026-12-05T00:00:00Z']
    )
  })

  test('the form has a month for the keyboard, and the zone of the browser', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const { page, complaints } = await openWindow(chromium, await listen(app), {
      timezoneId: 'America/New_York'
    })
    await page.goto('/register')
    await signUp(page, 'Ann')
    await eventuallyEqual(() => path(page), '/#done')
    await page.goto('/questions/new')
    await page.getByLabel('Question', { exact: true }).fill('When?')
    await page.locator('#kind [value=dates]').check()
    await eventuallyEqual(() => page.getByLabel('Time zone').inputValue(), 'America/New_York')
    const days = () =>
      page.locator('[name=choice_day]').evaluateAll(all => all.map(one => (one as HTMLInputElement).value))
    await eventuallyEqual(days, [''])
    await page.getByLabel('Day', { exact: true }).fill('2099-12-31')
    await page.getByLabel('From', { exact: true }).first().fill('18:00')
    await page.getByLabel('To', { exact: true }).first().fill('20:00')
    await eventuallyEqual(days, ['2099-12-31', ''])
    await page.locator('[data-day="2099-12-31"]').focus()
    await page.keyboard.press('ArrowRight')
    const focused = async () => String(await page.locator(':focus').getAttribute('aria-label'))
    await eventuallyMatch(focused, /^Friday,? 1 January 2100$/)
    await page.keyboard.press('PageUp')
    await page.keyboard.press('Enter')
    await eventuallyEqual(days, ['2099-12-31', '2099-12-01', ''])
    assert.equal(await page.locator(':focus').getAttribute('aria-pressed'), 'true')
    assert.equal(
      await page.getByLabel('From', { exact: true }).nth(1).inputValue(),
      '18:00',
      'with the times of the last one'
    )
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.keyboard.press('Space')
    await eventuallyEqual(days, ['2099-12-31', '2099-12-01', ''])
    await checkPage(page, 'the form of dates')
    await page.getByRole('button', { name: 'Remove number 1' }).click()
    await eventuallyEqual(days, ['2099-12-01', ''])
    await page.locator('[data-day="2099-12-02"]').click()
    await button(page, 'Create poll')
    await eventuallyMatch(() => page.url(), /manage/)
    const stored = await app.db.select<{ starts: string }>(
      'SELECT starts FROM choice WHERE starts IS NOT NULL ORDER BY id'
    )
    assert.deepEqual(
      stored.map(({ starts }) => starts),
      ['2099-12-01 23:00:00', '2099-12-02 23:00:00']
    )
    assert.deepEqual(complaints, [])
  })

  test('a day of the month is as long as the option above it', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const ann = await member(app)
    const url = await listen(app)
    const { page, complaints } = await openWindow(chromium, url)
    await become(page, ann, url)
    await page.goto('/questions/new?preset=date')
    const first = page.locator('.date-row').first()
    await first.getByLabel('Day', { exact: true }).fill('2099-12-29')
    await first.getByLabel('Last day').fill('2099-12-30')
    await first.getByLabel('From', { exact: true }).fill('22:00')
    await first.getByLabel('To', { exact: true }).fill('02:00')
    await page.locator('[data-day="2099-12-31"]').click()
    const values = () =>
      page.locator('.date-row input').evaluateAll(all => all.map(one => (one as HTMLInputElement).value))
    const typed = ['2099-12-29', '2099-12-30', '22:00', '02:00', '2099-12-31', '2100-01-01', '22:00', '02:00']
    await eventuallyEqual(values, [...typed, '', '', '', ''])
    assert.deepEqual(complaints, [])
  })

  test('in a page from right to left the arrow to the left leads to the next day', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const ann = await member(app)
    const site = await listen(app)
    const { page, complaints } = await openWindow(chromium, site, { locale: 'ar' })
    await become(page, ann, site)
    await page.goto('/questions/new')
    await page.locator('#kind [value=dates]').check()
    await page.locator('[name=choice_day]').first().fill('2099-12-01')
    await page.locator('[data-day="2099-12-01"]').focus()
    const focused = () => page.locator(':focus').getAttribute('data-day')
    await page.keyboard.press('ArrowLeft')
    await eventuallyEqual(focused, '2099-12-02')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await eventuallyEqual(focused, '2099-11-30')
    assert.deepEqual(complaints, [])
  })

  test('Back keeps each day and time in its row, also in rows that were added', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const { page, complaints } = await openWindow(chromium, await listen(app))
    await page.goto('/register')
    await signUp(page, 'Ann')
    await eventuallyEqual(() => path(page), '/#done')
    await page.goto('/questions/new')
    await page.locator('#kind [value=dates]').check()
    const row = (number: number) => page.getByRole('group', { name: `Date ${number}`, exact: true })
    const rows = () =>
      page
        .locator('.date-row')
        .evaluateAll(all =>
          all.map(one => [...one.querySelectorAll('input')].map(({ value }) => value).join(' '))
        )
    await row(1).getByLabel('Day', { exact: true }).fill('2099-12-01')
    await row(2).getByLabel('Day', { exact: true }).fill('2099-12-02')
    await row(2).getByLabel('From', { exact: true }).fill('17:00')
    await row(2).getByLabel('To', { exact: true }).fill('19:00')
    for (const number of [3, 4, 5, 6, 7])
      await row(number).getByLabel('Day', { exact: true }).fill(`2099-12-0${number}`)
    await row(7).getByLabel('Last day').fill('2099-12-08')
    await row(4).getByLabel('Day', { exact: true }).fill('')
    const typed = [
      '2099-12-01   ',
      '2099-12-02  17:00 19:00',
      '2099-12-03   ',
      '   ',
      '2099-12-05   ',
      '2099-12-06   ',
      '2099-12-07 2099-12-08  ',
      '   '
    ]
    await eventuallyEqual(rows, typed)
    await page.goto('/questions')
    await page.goBack()
    await eventuallyEqual(rows, typed)
    const names = () => page.locator('.date-row').evaluateAll(all => all.map(({ ariaLabel }) => ariaLabel))
    await eventuallyEqual(
      names,
      typed.map((_, n) => `Date ${n + 1}`)
    )
    assert.deepEqual(complaints, [])
  })

  test('days are added to a poll with votes, in the month and in the words of the reader', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const ann = await member(app)
    const url = await listen(app)
    const { id, slug, choices } = await ask(app, { user_id: ann.id, ...ofDates(3) }, options)
    await app.ballots.cast({ question: id, voter: 'u:7', choices, values: [2, 1, 0] })
    const { page, complaints } = await openWindow(chromium, url, { viewport: { width: 360, height: 740 } })
    await become(page, ann, url)
    await page.goto(`/questions/${slug}/amend`)
    assert.equal(await page.locator('.option bdi').first().innerText(), 'Fri, 4 Dec 2026')
    await page.locator('.date-row').first().getByLabel('Day', { exact: true }).fill('2026-12-03')
    await page.locator('[data-day="2026-12-07"]').click()
    await checkPage(page, 'the correction of dates')
    await button(page, 'Save changes')
    await eventuallyMatch(() => page.locator('#mistakes').innerText(), /earlier voters/)
    await page.getByRole('checkbox', { name: /earlier voters/ }).check()
    await button(page, 'Save changes')
    await eventuallyMatch(() => page.url(), /manage/)
    const sql = 'SELECT starts FROM choice WHERE question_id = ? ORDER BY position'
    const stored = await app.db.select<{ starts: string }>(sql, [id])
    assert.deepEqual(
      stored.map(({ starts }) => starts.slice(0, 10)),
      ['2026-12-03', '2026-12-04', '2026-12-04', '2026-12-05', '2026-12-07']
    )
    assert.deepEqual(
      complaints.filter(text => !/status of 422/.test(text)),
      []
    )
  })

  test('without script a poll of dates is made and edited by rows, which grow', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded, { server: { timeZone: 'Europe/Berlin' } })
    const { page } = await openWindow(chromium, await listen(app), { javaScriptEnabled: false })
    await page.goto('/register')
    await signUp(page, 'Ann')
    await page.goto('/questions/new')
    await page.getByLabel('Question', { exact: true }).fill('When?')
    await page.locator('#kind [value=dates]').check()
    assert.equal(await page.getByLabel('Time zone').inputValue(), 'Europe/Berlin')
    const row = (number: number) => page.getByRole('group', { name: `Date ${number}`, exact: true })
    await row(1).getByLabel('Day', { exact: true }).fill('2099-03-29')
    await row(1).getByLabel('From', { exact: true }).fill('02:30')
    await button(page, 'More fields')
    await row(6).getByLabel('Day', { exact: true }).fill('2099-03-28')
    await button(page, 'Create poll')
    await eventuallyMatch(
      () => page.locator('#mistakes').innerText(),
      /Date 1: this time does not exist in Europe\/Berlin/
    )
    assert.equal(await row(1).getByLabel('From', { exact: true }).inputValue(), '02:30')
    await row(1).getByLabel('From', { exact: true }).fill('03:30')
    await button(page, 'Create poll')
    await eventuallyMatch(() => page.url(), /manage/)
    await press(page.getByRole('link', { name: 'Edit' }))
    assert.equal(await row(1).getByLabel('Day', { exact: true }).inputValue(), '2099-03-28')
    assert.equal(await row(2).getByLabel('From', { exact: true }).inputValue(), '03:30')
    await row(2).getByLabel('To', { exact: true }).fill('03:00')
    await button(page, 'Save changes')
    await eventuallyMatch(() => page.locator('#mistakes').innerText(), /Date 2: the end must be later/)
    await row(2).getByLabel('To', { exact: true }).fill('04:00')
    await button(page, 'Save changes')
    await eventuallyMatch(() => page.url(), /manage/)
    const stored = await app.db.select<{ starts: string; ends: string | null }>(
      'SELECT starts, ends FROM choice WHERE starts IS NOT NULL ORDER BY id'
    )
    assert.deepEqual(
      stored.map(({ starts, ends }) => [starts, ends]),
      [
        ['2099-03-28', null],
        ['2099-03-29 01:30:00', '2099-03-29 02:00:00']
      ]
    )
  })
})
