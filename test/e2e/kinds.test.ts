/**
 * Real Chromium: the forms of each kind of poll with keyboard and without script, and live results.
 */
import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import type { BrowserContextOptions } from 'playwright-core'
import type { Kind } from '../../app/values/kinds.ts'
import { checkFit, checkPage } from '../support/accessible.ts'
import { build } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, result, textOf } from '../support/people.ts'
import { ask } from '../support/polls.ts'

/** Opens a poll of three options in a window. */
async function opened(t: TestContext, kind: Kind, options: BrowserContextOptions = {}) {
  const chromium = await browser(t)
  const app = await build(t, embedded)
  const settings = { kind, max_choices: 3, ...(kind === 'answers' && { min_choices: 3 }) }
  const more = kind === 'dots' ? { budget: 10 } : kind === 'ranked' ? { count_method: 'irv' as const } : {}
  const poll = await ask(app, { ...settings, ...more, question_text: 'Where to?' }, ['Sea', 'Hills', 'City'])
  const { page, complaints } = await openWindow(chromium, await listen(app), options)
  await page.goto(`/questions/${poll.slug}`)
  return { app, poll, page, complaints }
}

describe('e2e/kinds', () => {
  test('a suggested option counts with the options that are chosen, unless it is read first', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const site = await listen(app)
    const open = async (suggestions: 'on' | 'review', max_choices: number, max_fixed = 0) => {
      const settings = { kind: 'multiple', max_choices, max_fixed, suggestions } as const
      const { slug } = await ask(app, settings, ['Sea', 'Hills', 'City'])
      const { page } = await openWindow(chromium, site)
      await page.goto(`/questions/${slug}`)
      const suggestion = page.locator('#choice_text')
      const disabled = async () => [
        ...(await page
          .getByRole('checkbox', { disabled: true })
          .evaluateAll(all => all.map(one => one.parentElement!.innerText.trim()))),
        ...((await suggestion.isDisabled()) ? ['the suggestion'] : [])
      ]
      const shows = async (count: string, off: string[]) => {
        await page.getByText(count, { exact: true }).waitFor()
        await eventuallyEqual(disabled, off)
      }
      return { page, suggestion, shows }
    }
    const { page, suggestion, shows } = await open('on', 2)
    await page.getByLabel('Sea').check()
    await shows('1 of 2 chosen', [])
    await suggestion.fill('Lakes')
    await shows('2 of 2 chosen', ['Hills', 'City'])
    await suggestion.fill(' sea ')
    await shows('1 of 2 chosen', [])
    await suggestion.fill('hills')
    await shows('2 of 2 chosen', ['Hills', 'City'])
    await suggestion.fill('')
    await page.getByLabel('Hills').check()
    await shows('2 of 2 chosen', ['City', 'the suggestion'])
    await page.getByLabel('Hills').uncheck()
    await suggestion.fill('Lakes')
    await shows('2 of 2 chosen', ['Hills', 'City'])
    await button(page, 'Vote')
    await page.getByText('Your vote for Sea and Lakes was counted').first().waitFor()

    const all = await open('on', 3)
    for (const option of ['Sea', 'Hills', 'City']) await all.page.getByLabel(option).check()
    await all.shows('3 of 3 chosen', [])
    await all.suggestion.fill('Lakes')
    await all.shows('4 of 4 chosen', [])
    await button(all.page, 'Vote')
    await all.page.getByText('Your vote for Sea, Hills, City and Lakes was counted').first().waitFor()

    const set = await open('on', 3, 1)
    for (const option of ['Sea', 'Hills', 'City']) await set.page.getByLabel(option).check()
    await set.shows('3 of 3 chosen', ['the suggestion'])

    const read = await open('review', 2)
    for (const option of ['Sea', 'Hills']) await read.page.getByLabel(option).check()
    await read.suggestion.fill('Lakes')
    await read.shows('2 of 2 chosen', ['City'])
    await button(read.page, 'Vote')
    await read.page.getByText('Your vote for Sea and Hills was counted').first().waitFor()
  })

  test('options are ranked with the keyboard by buttons, and no two have one rank', async t => {
    const { page, complaints } = await opened(t, 'ranked')
    await checkPage(page, 'the form')
    const ranks = () =>
      page.locator('select').evaluateAll(all => all.map(one => (one as HTMLSelectElement).value))
    const press = async (option: string, way: string) => {
      await page.getByRole('button', { name: new RegExp(`Move .${option}. ${way}`) }).focus()
      await page.keyboard.press('Enter')
    }
    await press('City', 'up')
    await press('Sea', 'up')
    assert.deepEqual(await ranks(), ['2', '', '1'])
    await press('Sea', 'up')
    assert.deepEqual(await ranks(), ['1', '', '2'])
    assert.equal(
      await page.locator(':focus').getAttribute('name'),
      await page.locator('select').first().getAttribute('name')
    )
    await page.getByLabel('Hills', { exact: true }).selectOption('1')
    assert.deepEqual(await ranks(), ['', '1', '2'])
    await press('Hills', 'down')
    assert.deepEqual(await ranks(), ['', '2', '1'])
    await press('Hills', 'down')
    assert.deepEqual(await ranks(), ['', '', '1'])
    await press('Hills', 'up')
    await button(page, 'Vote')
    await eventuallyEqual(() => textOf(page.locator('.badge').first()), 'your vote')
    assert.deepEqual(complaints, [])
  })

  test('ranks stay as they are chosen, in any order and with the arrow keys', async t => {
    const { page, app, poll, complaints } = await opened(t, 'ranked')
    const ranks = () =>
      page.locator('select').evaluateAll(all => all.map(one => (one as HTMLSelectElement).value))
    const field = (option: string) => page.getByLabel(option, { exact: true })
    const moved = () => page.locator('#moved').innerText()
    await field('Sea').focus()
    await page.keyboard.press('ArrowDown')
    await field('Hills').focus()
    await page.keyboard.press('ArrowDown')
    assert.deepEqual(await ranks(), ['1', '1', ''], 'on the way to the second rank')
    await page.keyboard.press('ArrowDown')
    await field('City').focus()
    assert.deepEqual(await ranks(), ['1', '2', ''])
    assert.equal(await moved(), '')
    await page.keyboard.press('ArrowDown')
    await field('Sea').focus()
    assert.deepEqual(await ranks(), ['', '2', '1'])
    assert.equal(await moved(), '\u2068Sea\u2069 has no rank now.')
    await checkPage(page, 'the form')
    await page.keyboard.press('2')
    await page.getByRole('button', { name: 'Vote' }).focus()
    assert.deepEqual(await ranks(), ['2', '2', '1'])
    await button(page, 'Vote')
    await eventuallyMatch(() => page.locator('#mistakes').innerText(), /Give each rank once/)
    await eventuallyEqual(ranks, ['2', '2', '1'])

    await page.reload()
    for (const [option, rank] of [
      ['Sea', '3'],
      ['Hills', '2'],
      ['City', '1']
    ] as const) {
      await field(option).focus()
      await page.keyboard.press(rank)
    }
    assert.deepEqual(await ranks(), ['3', '2', '1'])
    await page.keyboard.press('Home')
    await field('Sea').selectOption('2')
    assert.deepEqual(await ranks(), ['2', '3', ''])
    assert.equal(await moved(), '\u2068Hills\u2069 now has rank 3.')
    await button(page, 'Vote')
    await page.locator('#result').waitFor()
    const stored = await app.db.select<{ choice_id: number }>(
      'SELECT choice_id FROM vote WHERE question_id = ? ORDER BY slot',
      [poll.id]
    )
    assert.deepEqual(
      stored.map(({ choice_id }) => choice_id),
      poll.choices.slice(0, 2)
    )
    assert.deepEqual(
      complaints.filter(text => !/status of 4\d\d/.test(text)),
      []
    )
  })

  test('an answer that is chosen moves nothing', async t => {
    const { page } = await opened(t, 'answers', { viewport: { width: 360, height: 740 } })
    const height = async () => (await page.locator('#choice').boundingBox())!.height
    const before = await height()
    for (const one of await page.getByLabel('If need be').all()) await one.check()
    assert.equal(await height(), before)
  })

  test('without script a rank given twice is refused with what was typed', async t => {
    const { page, app, poll } = await opened(t, 'ranked', { javaScriptEnabled: false })
    await page.getByLabel('Sea', { exact: true }).selectOption('1')
    await page.getByLabel('Hills', { exact: true }).selectOption('1')
    await button(page, 'Vote')
    await eventuallyMatch(() => page.locator('#mistakes').innerText(), /Give each rank once/)
    await eventuallyEqual(() => page.getByLabel('Hills', { exact: true }).inputValue(), '1')
    await page.getByLabel('Hills', { exact: true }).selectOption('2')
    await button(page, 'Vote')
    await page.locator('#result').waitFor()
    const stored = await app.db.select<{ choice_id: number }>(
      'SELECT choice_id FROM vote WHERE question_id = ? ORDER BY slot',
      [poll.id]
    )
    assert.deepEqual(
      stored.map(({ choice_id }) => choice_id),
      poll.choices.slice(0, 2)
    )
  })

  test('the form of points says how many are left, and the server refuses too many', async t => {
    const { page } = await opened(t, 'dots')
    await checkPage(page, 'the form')
    await page.getByLabel('Sea', { exact: true }).fill('7')
    await eventuallyEqual(() => page.locator('#count').innerText(), 'Points left: 3')
    await page.getByLabel('Hills', { exact: true }).fill('4')
    await eventuallyEqual(() => page.locator('#count').innerText(), 'Too many points, by 1')
    await button(page, 'Vote')
    await eventuallyMatch(() => page.locator('#mistakes').innerText(), /at most 10 points/)
    await eventuallyEqual(() => page.getByLabel('Sea', { exact: true }).inputValue(), '7')
    await page.getByLabel('Hills', { exact: true }).fill('3')
    await button(page, 'Vote')
    await eventuallyEqual(
      () => result(page),
      [
        ['Sea your vote', '7', '70%'],
        ['Hills your vote', '3', '30%'],
        ['City', '0', '0%']
      ]
    )
  })

  test('answers and scores are given with the arrow keys', async t => {
    for (const [kind, first, cells] of [
      ['answers', 'Yes', ['1', '0', '0']],
      ['score', '5', ['5', '5']]
    ] as const) {
      const { page } = await opened(t, kind)
      await checkPage(page, 'the form')
      const sea = page.getByRole('group', { name: 'Sea' })
      await sea.getByRole('radio').nth(1).focus()
      await page.keyboard.press('Space')
      await page.keyboard.press(kind === 'answers' ? 'ArrowLeft' : 'Home')
      if (kind === 'score') for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowRight')
      assert.ok(await sea.getByRole('radio', { name: first, exact: true }).isChecked())
      await button(page, 'Vote')
      await eventuallyEqual(async () => (await result(page))[0]!.slice(1), [...cells])
    }
  })

  test('Chinese names of columns stay in one line on a phone, and the table on the page', async t => {
    for (const kind of ['single', 'answers', 'score', 'ranked'] as const) {
      const { page } = await opened(t, kind, { locale: 'zh-CN' })
      for (const width of [320, 360]) {
        await page.setViewportSize({ width, height: 740 })
        await page.locator('#result').waitFor()
        const [heights, over] = await page.evaluate(() => [
          [...document.querySelectorAll('.result thead th')].map(head => head.getBoundingClientRect().height),
          document.documentElement.scrollWidth - innerWidth
        ])
        assert.ok(Math.max(...heights) < 36, `${kind} ${width}: ${heights.join(', ')} px`)
        assert.ok(over <= 0, `${kind} ${width}`)
      }
    }
  })

  test('the words of columns stay whole on a phone, also with large text', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const url = await listen(app)
    const polls: Array<[kind: Kind, slug: string]> = []
    for (const kind of ['single', 'answers', 'score', 'dots', 'ranked'] as const) {
      const more = {
        ...(kind === 'dots' && { budget: 10 }),
        ...(kind === 'ranked' && { count_method: 'irv' as const })
      }
      polls.push([kind, (await ask(app, { kind, max_choices: 3, ...more }, ['Sea', 'Hills'])).slug])
    }
    for (const locale of ['en', 'de', 'fr', 'es', 'ar']) {
      const { page } = await openWindow(chromium, url, { locale })
      for (const [kind, slug] of polls) {
        await page.goto(`/questions/${slug}/results`)
        for (const [width, size] of [
          [320, '100%'],
          [320, '200%'],
          [352, '150%']
        ] as const) {
          await page.setViewportSize({ width, height: 740 })
          await page.evaluate(text => {
            document.documentElement.style.fontSize = text
          }, size)
          await checkFit(page, `${kind} ${locale} ${width} ${size}`)
        }
      }
    }
  })

  test('a page that is open follows the ranking and how it is counted', async t => {
    const { page, app, poll, complaints } = await opened(t, 'ranked')
    const [sea, hills] = poll.choices as [number, number]
    await eventuallyEqual(() => page.locator('[data-live=sentence]').innerText(), 'No votes yet.')
    const cast = (n: number, choices: number[]) =>
      app.ballots.cast({ question: poll.id, voter: `u:${n}`, choices })
    await cast(1, [hills, sea])
    await cast(2, [hills])
    await eventuallyEqual(
      () => textOf(page.locator('[data-live=sentence]')),
      'Hills leads: 2 of the 2 votes that count in the last round.'
    )
    await eventuallyEqual(
      async () => (await result(page)).slice(0, 2),
      [
        ['Sea', '0', '1'],
        ['Hills', '2', '2']
      ]
    )
    await eventuallyMatch(
      () => textOf(page.locator('#counting')),
      /^2 votes\s+Hills wins all its duels: against each other option/
    )
    assert.deepEqual(complaints, [])
  })
})
