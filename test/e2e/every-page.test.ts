/**
 * Real Chromium: every page in every state is accessible and fits, in each language and colour
 * scheme.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { catalogues } from '../../app/i18n/catalogues.ts'
import en from '../../app/i18n/locales/en.ts'
import { checkAxe, checkFit } from '../support/accessible.ts'
import { start } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { everyPage, everyPageConfig, type Shown } from '../support/every-page.ts'
import { pseudo } from '../support/pseudo.ts'

/** Texts that are not translated: our name, formats, values of the API, texts of users. */
const names =
  /\b(?:vote|English|CSV|JSON|Cookie|UTC|GMT|single|multiple|answers|score|dots|ranked|irv|pairs|read|manage|name@example\.org|example\.(?:org|com))\b|req-\w+|https?:\S+|\u2068[^\u2069]*\u2069/g

/**
 * Lists untranslated words of a page: Latin letters that are no user's text and no name. Includes
 * labels.
 */
async function latin(page: Page): Promise<string[]> {
  const text = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement
    for (const foreign of copy.querySelectorAll('bdi, [dir=auto], [lang], script, noscript, kbd, code'))
      foreign.remove()
    const titles = [
      'aria-label',
      'alt',
      'data-copied',
      'data-failed',
      'data-option',
      'data-up',
      'data-away',
      'data-your-time'
    ]
    const labels = titles.flatMap(name =>
      [...copy.querySelectorAll(`[${name}]`)].map(node => node.getAttribute(name))
    )
    return [copy.dataset.yourTime, copy.textContent, ...labels].join('\n')
  })
  return (
    text
      .replace(/.*[·] vote\n/, '')
      .replace(names, '')
      .match(/[A-Za-z]{2,}/g) ?? []
  )
}

/** Returns the structure of a page. Axe is slow, so it checks one page of each structure, in the first language that has it. */
const structureOf = ({ answer }: Shown) =>
  answer.body
    .replace(/<html[^>]*>|<head>[^]*<\/head>/g, '')
    .replace(/>[^<]*</g, '><')
    .replace(/\s(?!class|role|type|lang|dir|aria-(?!label=|describedby=))[\w-]+="[^"]*"/g, '')
    .replace(/(lang="[^"]*") aria-pressed="[^"]*"/g, '$1') // which language is chosen
    .replace(/(<(li|tr|label|textarea)\b[^]*?<\/\2>)\1+/g, '$1')

/** Shows a page with its cookies and opens everything that can be unfolded. */
async function open(page: Page, site: string, { url, answer, cookies }: Shown) {
  const address = new URL(url, site).href
  const { statusCode: status, headers, body } = answer
  const isIt = ({ href }: URL) => href === address
  const { 'set-cookie': _, refresh: _later, ...told } = headers as Record<string, string>
  await page.route(isIt, route => route.fulfill({ status, headers: told, body }), { times: 1 })
  await page.context().clearCookies()
  await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url: site })))
  await page.goto(address)
  await page.locator('details').evaluateAll(all => all.forEach(one => one.setAttribute('open', '')))
}

/**
 * Shows the body of a page with its style sheets in the open window, without navigation and without
 * scripts, and opens everything that can be unfolded.
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
  }, body)

/** Languages in which every page is opened, with its scripts; in the others its texts are measured. */
const opened = ['en-GB', 'zh-Hans']
const isLatin = (tag: string) => new Intl.Locale(tag).maximize().script === 'Latn'

const looks = [
  { colorScheme: 'light', viewport: { width: 1024, height: 640 } },
  { colorScheme: 'dark', viewport: { width: 320, height: 640 } }
] as const
const reducedMotion = 'reduce' // colours are wrong during the transition between two themes

describe('e2e/every-page', () => {
  const known = new Set<string>()

  for (const tag of opened) {
    test(`every page is accessible and fits in ${tag}, wide in light and narrow in dark colours`, async t => {
      const chromium = await browser(t)
      const app = await start(t, await everyPageConfig(t))
      const site = await listen(app)
      const { page, complaints } = await openWindow(chromium, site, { locale: tag, reducedMotion })
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
        }
        known.add(structure)
        const failed = complaints.splice(0).filter(text => !/status of [45]/.test(text))
        assert.deepEqual(failed, [], shown.what)
      }
      await everyPage(app, look, tag)
      t.diagnostic(`${known.size} structures so far`)
    })
  }

  for (const { tag } of catalogues.filter(catalogue => !opened.includes(catalogue.tag))) {
    test(`the texts of every page fit 320 pixels in ${tag}`, async t => {
      const chromium = await browser(t)
      const app = await start(t, await everyPageConfig(t))
      const site = await listen(app)
      const viewport = { width: 320, height: 640 }
      const { page } = await openWindow(chromium, site, { locale: tag, reducedMotion, viewport })
      await page.goto('/login')
      const look = async ({ what, answer }: Shown) => {
        await swap(page, answer.body)
        assert.equal(await page.locator('html').getAttribute('lang'), tag, what)
        if (!isLatin(tag)) assert.deepEqual(await latin(page), [], what)
        await checkFit(page, what)
      }
      await everyPage(app, look, tag)
    })
  }

  test('every page is accessible and fits in a right-to-left language at 320 pixels', async t => {
    const chromium = await browser(t)
    const app = await start(t, await everyPageConfig(t), { catalogues: [en, pseudo] })
    const site = await listen(app)
    const viewport = { width: 320, height: 640 }
    const { page } = await openWindow(chromium, site, { locale: 'ar-EG', reducedMotion, viewport })
    const look = async (shown: Shown) => {
      await open(page, site, shown)
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), 'rtl', shown.what)
      assert.deepEqual(await latin(page), [], shown.what)
      await checkFit(page, shown.what)
    }
    await everyPage(app, look, 'ar-EG')
  })
})
