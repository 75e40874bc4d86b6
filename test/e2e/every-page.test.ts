/**
 * Real Chromium: every page in every state is accessible and fits, with its scripts, in two languages
 * and the pseudo-language. every-language.test.ts measures the others.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import en from '../../app/i18n/locales/en.ts'
import { checkAxe, checkFit } from '../support/accessible.ts'
import { start } from '../support/app.ts'
import { browser, openWindow } from '../support/browser.ts'
import { everyPage, everyPageConfig, type Shown } from '../support/every-page.ts'
import { isLatin, latin, openedLanguages } from '../support/page-texts.ts'
import { takePicture } from '../support/pictures.ts'
import { listenPrepared } from '../support/prepared.ts'
import { pseudo } from '../support/pseudo.ts'

/** Returns the structure of a page. Axe is slow, so it checks one page of each structure, in the first language that has it. */
const structureOf = ({ answer }: Shown) =>
  answer.body
    .replace(/<html[^>]*>|<head>[^]*<\/head>/g, '')
    .replace(/>[^<]*</g, '><')
    .replace(/\s(?!class|role|type|lang|dir|aria-(?!label=|describedby=))[\w-]+="[^"]*"/g, '')
    .replace(/(lang="[^"]*") aria-pressed="[^"]*"/g, '$1') // which language is chosen
    .replace(/(<(li|tr|label|textarea)\b[^]*?<\/\2>)\1+/g, '$1')

type Site = Awaited<ReturnType<typeof listenPrepared>>

/** Shows a page with its cookies and opens everything that can be unfolded. */
async function open(page: Page, { url: site, prepare }: Site, shown: Shown) {
  prepare(shown)
  await page.context().clearCookies()
  await page.context().addCookies([...shown.cookies].map(([name, value]) => ({ name, value, url: site })))
  await page.goto(shown.url)
  await page.locator('details').evaluateAll(all => all.forEach(one => one.setAttribute('open', '')))
}

const looks = [
  { colorScheme: 'light', viewport: { width: 1024, height: 640 } },
  { colorScheme: 'dark', viewport: { width: 320, height: 640 } }
] as const
const reducedMotion = 'reduce' // colours are wrong during the transition between two themes

describe('e2e/every-page', () => {
  const known = new Set<string>()

  for (const tag of openedLanguages) {
    test(`every page is accessible and fits in ${tag}, wide in light and narrow in dark colours`, async t => {
      const chromium = await browser(t)
      const app = await start(t, await everyPageConfig(t))
      const site = await listenPrepared(t, app)
      const { page, complaints } = await openWindow(chromium, site.url, { locale: tag, reducedMotion })
      const look = async (shown: Shown) => {
        await open(page, site, shown)
        assert.equal(await page.locator('html').getAttribute('lang'), tag, shown.what)
        if (!isLatin(tag)) assert.deepEqual(await latin(page), [], shown.what)
        const structure = structureOf(shown)
        for (const { colorScheme, viewport } of looks) {
          await page.setViewportSize(viewport)
          await page.emulateMedia({ colorScheme })
          if (!known.has(structure)) await checkAxe(page, `${shown.what}, ${colorScheme}`)
          await checkFit(page, `${shown.what}, ${viewport.width} pixels`)
          await takePicture(page, `${tag}-${colorScheme}`, shown.what)
        }
        known.add(structure)
        const failed = complaints.splice(0).filter(text => !/status of [45]/.test(text))
        assert.deepEqual(failed, [], shown.what)
      }
      await everyPage(app, look, tag)
      t.diagnostic(`${known.size} structures so far`)
    })
  }

  test('every page is accessible and fits in a right-to-left language at 320 pixels', async t => {
    const chromium = await browser(t)
    const app = await start(t, await everyPageConfig(t), { catalogues: [en, pseudo] })
    const site = await listenPrepared(t, app)
    const viewport = { width: 320, height: 640 }
    const { page } = await openWindow(chromium, site.url, { locale: 'ar-EG', reducedMotion, viewport })
    const look = async (shown: Shown) => {
      await open(page, site, shown)
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), 'rtl', shown.what)
      assert.deepEqual(await latin(page), [], shown.what)
      await checkFit(page, shown.what)
    }
    await everyPage(app, look, 'ar-EG')
  })
})
