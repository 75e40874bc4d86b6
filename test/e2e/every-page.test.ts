/**
 * Real Chromium: every page in every state is accessible and fits, with its scripts, in one
 * language. every-language.test.ts measures the others.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { checkAxe, checkFit, loadAxe } from '../support/accessible.ts'
import { start } from '../support/app.ts'
import { browser, faultsIn, openWindow } from '../support/browser.ts'
import { everyPage, everyPageConfig, type Shown } from '../support/every-page.ts'
import { openedLanguage } from '../support/page-texts.ts'
import { takePicture, takesPictures } from '../support/pictures.ts'
import { listenPrepared, openPrepared } from '../support/prepared.ts'

/**
 * Returns the structure of a page. Axe is slow, so it checks one page of each structure, wide; what
 * follows from the colours or the width it checks in both, on the pages with a path that no page
 * before had.
 */
const structureOf = ({ answer }: Shown) =>
  answer.body
    .replace(/<html[^>]*>|<head>[^]*<\/head>/g, '')
    .replace(/>[^<]*</g, '><')
    .replace(/\s(?!class|role|type|lang|dir|aria-(?!label=|describedby=))[\w-]+="[^"]*"/g, '')
    .replace(/(lang="[^"]*") aria-pressed="[^"]*"/g, '$1') // which language is chosen
    .replace(/(<(li|tr|label|textarea)\b[^]*?<\/\2>)\1+/g, '$1')

/**
 * Returns what the colours of each element follow from: the elements around it, from the body on.
 */
const pathsOf = (page: Page) =>
  page.evaluate(() => {
    const paths = new Set<string>()
    const stateNames = [
      'type',
      'style',
      'open',
      'checked',
      'disabled',
      'aria-current',
      'aria-pressed',
      'aria-invalid'
    ]
    const collect = (node: Element, parent: string) => {
      const { className, role } = node as HTMLElement
      const states = stateNames
        .filter(name => node.hasAttribute(name))
        .map(name => `${name}=${node.getAttribute(name)}`)
      const path = `${parent}>${[node.tagName, className, role, ...states].join(' ').trim()}`
      paths.add(path)
      for (const child of node.children) collect(child, path)
    }
    collect(document.body, '')
    return [...paths]
  })

/** The rules of axe that depend on the colours or the width. */
const lookRules = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable']

const looks = [
  { colorScheme: 'light', viewport: { width: 1024, height: 640 } },
  { colorScheme: 'dark', viewport: { width: 320, height: 640 } }
] as const

/**
 * Returns how much wider than a phone the page is with text of double size; of a page without our
 * style, nothing.
 */
async function overAtDoubleText(page: Page) {
  await page.setViewportSize({ width: 360, height: 740 })
  return page.evaluate(() => {
    const root = document.documentElement
    root.style.fontSize = '200%'
    const over = root.scrollWidth - innerWidth
    root.style.fontSize = ''
    return document.styleSheets.length === 0 ? 0 : over
  })
}

const reducedMotion = 'reduce' // colours are wrong during the transition between two themes

describe('e2e/every-page', () => {
  const knownStructures = new Set<string>()
  const knownPaths = new Set<string>()

  test('every page is accessible and fits, wide in light and narrow in dark colours', async t => {
    const chromium = await browser(t)
    const app = await start(t, await everyPageConfig(t))
    const site = await listenPrepared(t, app)
    const { page, complaints } = await openWindow(chromium, site.url, {
      locale: openedLanguage,
      reducedMotion
    })
    await loadAxe(page)
    const look = async (shown: Shown) => {
      const { lang } = await openPrepared(page, site, shown)
      assert.equal(lang, openedLanguage, shown.what)
      const structure = structureOf(shown)
      const newPaths = (await pathsOf(page)).filter(path => !knownPaths.has(path))
      const hasNewLook = newPaths.length > 0
      const ofLook = hasNewLook ? { only: lookRules } : undefined
      const whatIn = (colorScheme: string) => (hasNewLook ? `${shown.what}, ${colorScheme}` : shown.what)
      const rules = {
        light: knownStructures.has(structure) ? ofLook : { except: hasNewLook ? [] : lookRules },
        dark: ofLook
      }
      for (const { colorScheme, viewport } of looks) {
        await page.setViewportSize(viewport)
        if (hasNewLook || takesPictures) await page.emulateMedia({ colorScheme })
        if (rules[colorScheme]) await checkAxe(page, whatIn(colorScheme), rules[colorScheme])
        await checkFit(page, `${shown.what}, ${viewport.width} pixels`)
        await takePicture(page, `${openedLanguage}-${colorScheme}`, shown.what)
      }
      assert.ok((await overAtDoubleText(page)) <= 0, `${shown.what} scrolls sideways with large text`)
      knownStructures.add(structure)
      for (const path of newPaths) knownPaths.add(path)
      assert.deepEqual(faultsIn(complaints), [], shown.what)
    }
    await everyPage(app, look, openedLanguage)
    t.diagnostic(`${knownStructures.size} structures`)
  })
})
