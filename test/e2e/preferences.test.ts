/** Real Chromium: forced colours, reduced motion, 200 % zoom, print. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { build, member } from '../support/app.ts'
import { become, browser, launch, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { ask } from '../support/polls.ts'

/** Returns a computed style property of an element. */
const style = (page: Page, selector: string, property: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property)

describe('e2e/preferences', () => {
  test('the pages respect the preferences of the browser', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const url = await listen(app)
    const { id, slug, choices } = await ask(app, {}, ['Sea', 'Hills'])
    for (const [voter, choice] of [0, 0, 1].entries()) {
      await app.ballots.cast({ question: id, voter: `u:${voter}`, choices: [choices[choice]!] })
    }
    const at = `/questions/${slug}`

    await t.test('forced colours: the chosen option and the bars are visible', async () => {
      const { page } = await openWindow(chromium, url, { forcedColors: 'active' })
      await page.goto(at)
      await page.getByLabel('Sea').check()
      assert.equal(await style(page, 'label.choice:has(:checked)', 'outline-style'), 'solid')
      assert.notEqual(
        await style(page, 'label.choice:has(:checked)', 'outline-color'),
        await style(page, 'label.choice:not(:has(:checked))', 'border-top-color')
      )
      assert.equal(await style(page, 'svg.bar', 'border-top-style'), 'solid')
      assert.notEqual(
        await style(page, 'svg.bar rect', 'fill'),
        await style(page, 'body', 'background-color')
      )
    })

    await t.test('reduced motion: nothing is animated', async () => {
      const { page } = await openWindow(chromium, url, { reducedMotion: 'reduce' })
      await page.goto(at)
      const moving = await page
        .locator('*')
        .evaluateAll(all => all.filter(node => getComputedStyle(node).transitionProperty !== 'none').length)
      assert.equal(moving, 0)
    })

    await t.test('at 200 % zoom nothing touches the edge or is cut off', async () => {
      const { page } = await openWindow(chromium, url, {
        viewport: { width: 640, height: 400 },
        deviceScaleFactor: 2
      })
      for (const path of [at, `${at}/results`, `${at}/present`, '/questions', '/login']) {
        await page.goto(path)
        const { over, inset } = await page.evaluate(() => ({
          over: document.documentElement.scrollWidth - innerWidth,
          inset: Math.min(
            ...[...document.querySelectorAll('body > * > *')]
              .filter(node => node.checkVisibility())
              .map(node => node.getBoundingClientRect().left)
          )
        }))
        assert.ok(over <= 0, path)
        assert.ok(inset >= 4, `${path}: ${inset} pixels from the edge`)
      }
    })

    await t.test('long words at double size make no page of a phone scroll sideways', async () => {
      const viewport = { width: 360, height: 740 }
      const large = await launch('--blink-settings=defaultFontSize=32')
      const { page } = await openWindow(large, url, { locale: 'de', viewport })
      await become(page, await member(app), url)
      const searched = `/questions?q=${'a-long-word'.repeat(8).replaceAll('-', '')}`
      for (const path of [at, `${at}/results`, '/questions', searched, '/account', '/rooms']) {
        await page.goto(path)
        const over = await page.evaluate(() => {
          const boxes = [...document.querySelectorAll('main :is(button, .button)')].filter(node =>
            node.checkVisibility()
          )
          return Math.max(
            document.documentElement.scrollWidth - innerWidth,
            ...boxes.map(node => node.scrollWidth - node.clientWidth)
          )
        })
        assert.ok(over <= 0, `${path}: ${over} pixels`)
      }
      await large.close()
    })

    await t.test('elements that a script shows and hides move nothing else', async () => {
      const { page } = await openWindow(chromium, url)
      await page.goto(`${at}/results`)
      const places = await page.evaluate(() => {
        const all = [...document.querySelectorAll<HTMLElement>('[data-live=pause], [data-live=refresh]')]
        const others = [...document.querySelectorAll('article > *, article .live > *, footer')]
        const place = () => others.map(node => JSON.stringify(node.getBoundingClientRect())).join()
        return [
          [false, false],
          [true, false],
          [false, true]
        ].map(hidden => {
          for (const [n, node] of all.entries()) node.hidden = hidden[n]!
          return place()
        })
      })
      assert.equal(new Set(places).size, 1)
    })

    await t.test('what stands beside a printed name is not larger than the name', async () => {
      const settings = { kind: 'answers', min_choices: 2, max_choices: 2, privacy: 'public' } as const
      const named = await ask(app, settings, ['Mon', 'Tue'])
      const vote = { question: named.id, choices: named.choices, values: [2, 1], privacy: 'public' as const }
      await app.ballots.cast({ ...vote, voter: 'b:1', name: 'Eve' })
      const { page } = await openWindow(chromium, url)
      await page.goto(`/questions/${named.slug}/results`)
      await page.emulateMedia({ media: 'print' })
      assert.equal(
        await style(page, '.people tbody small', 'font-size'),
        await style(page, '.people tbody bdi', 'font-size')
      )
    })

    await t.test(
      'a printed page has the question and the result in black on white, and no controls',
      async () => {
        const { page } = await openWindow(chromium, url, { colorScheme: 'dark' })
        await page.goto(`${at}/results`)
        await page.emulateMedia({ media: 'print' })
        assert.equal(await page.getByRole('heading', { level: 1 }).isVisible(), true)
        assert.equal(await page.getByRole('row', { name: 'Sea 2 67%' }).isVisible(), true)
        assert.equal(await style(page, 'svg.bar', 'print-color-adjust'), 'exact', 'bars are printed')
        for (const control of await page.locator('a, button').all())
          assert.equal(await control.isVisible(), false)
        assert.equal(await style(page, 'h1', 'color'), 'rgb(0, 0, 0)')
      }
    )
  })
})
