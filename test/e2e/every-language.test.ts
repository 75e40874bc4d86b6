/**
 * Real Chromium: the texts of every page fit 320 pixels in the languages in which
 * every-page.test.ts does not open it.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { catalogues } from '../../app/i18n/catalogues.ts'
import { checkFit } from '../support/accessible.ts'
import { start } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { everyPage, everyPageConfig, type Shown } from '../support/every-page.ts'
import { isLatin, latin, openedLanguage } from '../support/page-texts.ts'
import { takePicture } from '../support/pictures.ts'

/**
 * Shows the body of a page with its style sheets in the open window, without navigation and without
 * scripts, and opens everything that can be unfolded. Returns its language.
 */
const swap = (page: Page, body: string) =>
  page.evaluate(async html => {
    const wanted = new DOMParser().parseFromString(html, 'text/html')
    const { documentElement: root } = document
    for (const { name, value } of wanted.documentElement.attributes) root.setAttribute(name, value)
    const sheets = [...document.head.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')]
    const hrefs = [...wanted.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].map(link =>
      link.getAttribute('href')
    )
    for (const sheet of sheets) sheet.disabled = !hrefs.includes(sheet.getAttribute('href'))
    for (const href of hrefs) {
      if (href === null || sheets.some(sheet => sheet.getAttribute('href') === href)) continue
      const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href })
      await new Promise((resolve, reject) => {
        sheet.addEventListener('load', resolve)
        sheet.addEventListener('error', () => reject(new Error(href)))
        document.head.append(sheet)
      })
    }
    document.title = wanted.title
    document.body.replaceWith(document.adoptNode(wanted.body))
    for (const one of document.querySelectorAll('details')) one.open = true
    return root.lang
  }, body)

describe('e2e/every-language', () => {
  for (const { tag } of catalogues.filter(catalogue => catalogue.tag !== openedLanguage)) {
    test(`the texts of every page fit 320 pixels in ${tag}`, async t => {
      const chromium = await browser(t)
      const app = await start(t, await everyPageConfig(t))
      const site = await listen(app)
      const viewport = { width: 320, height: 640 }
      const { page } = await openWindow(chromium, site, { locale: tag, reducedMotion: 'reduce', viewport })
      await page.goto('/login')
      const look = async ({ what, answer }: Shown) => {
        assert.equal(await swap(page, answer.body), tag, what)
        if (!isLatin(tag)) assert.deepEqual(await latin(page), [], what)
        await checkFit(page, what)
        await takePicture(page, tag, what)
      }
      await everyPage(app, look, tag)
    })
  }
})
