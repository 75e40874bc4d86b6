/**
 * Real Chromium: the texts of every page fit 320 pixels in the languages in which
 * every-page.test.ts does not open it. Those in Latin letters are measured together, with the
 * widest of their texts. In the pseudo-language pages are opened with their scripts, from right to
 * left.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { catalogues } from '../../app/i18n/catalogues.ts'
import type { Catalogue } from '../../app/i18n/locales/en.ts'
import { checkFit } from '../support/accessible.ts'
import { start } from '../support/app.ts'
import { browser, faultsIn, openWindow } from '../support/browser.ts'
import { everyPage, everyPageConfig, type Shown } from '../support/every-page.ts'
import { latin, openedLanguage, scriptOf } from '../support/page-texts.ts'
import { takePicture, takesPictures } from '../support/pictures.ts'
import { listenPrepared, openPrepared } from '../support/prepared.ts'
import { pseudo } from '../support/pseudo.ts'
import { widest } from '../support/widest.ts'

/**
 * Shows the body of a page with its style sheets in the open window, without navigation and without
 * scripts, and opens everything that can be unfolded. Returns its language and direction.
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
    return { lang: root.lang, direction: getComputedStyle(document.body).direction }
  }, body)

/**
 * Returns the scripts of a page and the names of what they read: what they do follows from these.
 */
const scriptsOf = ({ answer }: Shown) =>
  [...new Set(answer.body.match(/<script[^>]*>|(?<=\s)data-[\w-]+/g))].toSorted().join()

const languages = [pseudo, ...catalogues.filter(({ tag }) => tag !== openedLanguage)]
const isLatin = ({ tag }: Catalogue) => scriptOf(tag) === 'Latn'
/** The languages in Latin letters as one; each where people look at the pictures. */
const measured = takesPictures
  ? languages
  : [widest(languages.filter(isLatin)), ...languages.filter(language => !isLatin(language))]

describe('e2e/every-language', () => {
  for (const catalogue of measured) {
    const { tag, dir } = catalogue
    test(`the texts of every page fit 320 pixels in ${scriptOf(tag)} (${tag})`, async t => {
      const chromium = await browser(t)
      const { language } = new Intl.Locale(tag)
      const rest = catalogues.filter(other => new Intl.Locale(other.tag).language !== language)
      const app = await start(t, await everyPageConfig(t), { catalogues: [...rest, catalogue] })
      const site = await listenPrepared(t, app)
      const viewport = { width: 320, height: 640 }
      const options = { locale: tag, reducedMotion: 'reduce', viewport } as const
      const { page } = await openWindow(chromium, site.url, options)
      const { page: scripted, complaints } = await openWindow(chromium, site.url, options)
      const knownScripts = new Set<string>()
      const check = async (on: Page, what: string) => {
        if (!isLatin(catalogue)) assert.deepEqual(await latin(on), [], what)
        await checkFit(on, what)
      }
      await page.goto('/login')
      const look = async (shown: Shown) => {
        const { what, answer } = shown
        assert.deepEqual(await swap(page, answer.body), { lang: tag, direction: dir }, what)
        await check(page, what)
        await takePicture(page, tag, what)
        const scripts = scriptsOf(shown)
        if (catalogue !== pseudo || knownScripts.has(scripts)) return
        knownScripts.add(scripts)
        assert.equal((await openPrepared(scripted, site, shown)).direction, dir, what)
        await check(scripted, `${what}, with scripts`)
        assert.deepEqual(faultsIn(complaints), [], what)
      }
      await everyPage(app, look, tag)
      t.diagnostic(`${knownScripts.size} pages opened`)
    })
  }
})
