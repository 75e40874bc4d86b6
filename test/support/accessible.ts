/**
 * Checks that a page has no axe violations, fits the window, and has controls large enough to
 * press. Evaluates in the page itself: a locator first loads 340 KB of Playwright's script into
 * every new page, twice.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type Axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Declares the global variable of axe's script. */
declare const axe: typeof Axe

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/**
 * Loads axe into every page that this window will open: three times faster than into an open one.
 */
export const loadAxe = (page: Page): Promise<unknown> => page.addInitScript(source)

/** Checks the current state of the page. `what` names it in errors. */
export async function checkPage(page: Page, what: string) {
  await checkAxe(page, what)
  await checkFit(page, what)
}

/** Runs axe: all rules, these only, or all except these. */
export async function checkAxe(
  page: Page,
  what: string,
  { only, except = [] }: { only?: readonly string[]; except?: readonly string[] } = {}
) {
  await page.waitForLoadState()
  const isLoaded = await page.evaluate(async () => {
    // Colours are wrong during the transition between two themes.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
    return 'axe' in window
  })
  if (!isLoaded) await page.evaluate(source)
  const found = await page.evaluate(
    async ({ only, except }) => {
      const options: Axe.RunOptions = { resultTypes: ['violations'], preload: false }
      options.rules = Object.fromEntries(except.map(rule => [rule, { enabled: false }]))
      if (only) options.runOnly = [...only]
      const { violations } = await axe.run(options)
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
    },
    { only, except }
  )
  assert.deepEqual(found, [], what)
}

/**
 * Checks that nothing is outside the window, every control is large enough to press, and no text is
 * crushed.
 */
export async function checkFit(page: Page, what: string) {
  await page.waitForLoadState()
  const { over, beyond, small, crushed } = await page.evaluate(() => {
    const all = [...document.querySelectorAll('body *')].filter(node => node.checkVisibility())
    const targets = 'a, button, summary, textarea, input:not([type=hidden], label > *), label:has(input)'
    const textOf = (node: Element) => node.outerHTML.slice(0, 80)
    return {
      over: document.documentElement.scrollWidth - window.innerWidth,
      beyond: all
        // What is wider than a frame of its own is moved sideways inside it.
        .filter(node => !node.closest('.scroll *'))
        .map(node => ({ node, ...node.getBoundingClientRect().toJSON() }))
        .filter(({ left, right, width }) => width > 1 && (left < -1 || right > window.innerWidth + 1))
        .map(({ node, left, right }) => ({ text: textOf(node), left, right })),
      small: all
        .filter(
          node => node.matches(targets) && !node.parentElement!.closest('p, small, li li, td, .mistakes')
        )
        .map(node => ({ node, height: node.getBoundingClientRect().height }))
        .filter(({ height }) => height < 24)
        .map(({ node, height }) => ({ text: textOf(node), height })),
      crushed: all
        // A text for screen readers alone is one pixel wide.
        .filter(node => !node.closest('.spoken, .phone-hidden, .skip, svg'))
        .flatMap(node => [...node.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE))
        .map(node => {
          const range = document.createRange()
          range.selectNodeContents(node)
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
          const text = node.textContent!.trim()
          // A text in a sentence may begin at the end of a line.
          const isInline = node.previousSibling || getComputedStyle(node.parentElement!).display === 'inline'
          // With very large text, a word that is wider than its column has several lines.
          const perLine = node.parentElement!.matches('.result thead th') ? 3 : 2
          const most = Math.max(text.split(/\s+/).length, text.length / perLine) + (isInline ? 1 : 0)
          return { text, lines, most }
        })
        .filter(({ lines, most }) => lines > most)
    }
  })
  assert.ok(over <= 0, `${what} is ${over} pixels too wide`)
  assert.deepEqual(beyond, [], `${what}: nothing lies beyond the edges`)
  assert.deepEqual(small, [], `${what}: nothing to press is lower than 24 pixels`)
  assert.deepEqual(crushed, [], `${what}: no text is broken letter by letter`)
}
