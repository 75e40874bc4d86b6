/** Real Chromium: the page of components shows each of them, and each can be used in every look. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../../app/config/load.ts'
import { checkAxe, checkFit } from '../../support/accessible.ts'
import { build, visitor } from '../../support/app.ts'
import { browser, listen, openWindow } from '../../support/browser.ts'
import { embedded } from '../../support/engines.ts'

const settings = { development: { componentPage: true } }
const view = (name: string) => readFileSync(join(root, 'views', name), 'utf8')
/** Macros that only others of these files call. */
const parts = new Set(['step', 'help'])

describe('routes/development/components', () => {
  test('every macro of the components and forms is shown', () => {
    const page = view('development/components.html')
    for (const [file, prefix] of [
      ['components.html', 'ui'],
      ['forms.html', 'forms']
    ] as const) {
      const macros = [...view(file).matchAll(/{% macro (\w+)/g)].map(([, name]) => name!)
      assert.ok(macros.length > 3)
      const missing = macros.filter(name => !parts.has(name) && !page.includes(`${prefix}.${name}(`))
      assert.deepEqual(missing, [], file)
    }
  })

  test('every icon is shown', () => {
    const icons = [...view('icons.html').matchAll(/id="i-([\w-]+)"/g)].map(([, name]) => name)
    const [, shown] = /set symbols = (\[.*?\])/.exec(view('development/components.html'))!
    assert.deepEqual(JSON.parse(shown!), icons)
  })

  test('it is accessible and fits in light, dark and forced colours, in both directions', async t => {
    const chromium = await browser(t)
    const url = await listen(await build(t, embedded, settings))
    for (const locale of ['en', 'ar']) {
      const { page, complaints } = await openWindow(chromium, url, { locale, reducedMotion: 'reduce' })
      await page.goto('/components')
      const direction = await page.evaluate(() => getComputedStyle(document.body).direction)
      assert.equal(direction, locale === 'ar' ? 'rtl' : 'ltr')
      for (const look of [
        { colorScheme: 'light', width: 1024 },
        { colorScheme: 'dark', width: 320 },
        { forcedColors: 'active', width: 1024 }
      ] as const) {
        const { width, ...media } = look
        await page.setViewportSize({ width, height: 640 })
        await page.emulateMedia({ forcedColors: 'none', ...media })
        await checkAxe(page, `${locale} ${JSON.stringify(look)}`)
        await checkFit(page, `${locale} ${JSON.stringify(look)}`)
      }
      assert.deepEqual(complaints, [])
    }
  })

  test('only the configuration for development serves it', async t => {
    const app = await build(t, embedded)
    const { statusCode } = await visitor(app).page('/components')
    assert.equal(statusCode, 404)
  })
})
