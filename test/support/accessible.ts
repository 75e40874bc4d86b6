/**
 * Checks that a page has no axe violations, fits the window, and has controls large enough to
 * press.
 */
import assert from 'node:assert/strict'
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Checks the current state of the page. `what` names it in errors. */
export async function checkPage(page: Page, what: string) {
  await checkAxe(page, what)
  await checkFit(page, what)
}

/** Runs axe. */
export async function checkAxe(page: Page, what: string) {
  // Colours are wrong during the transition between two themes.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  // In the page, `axe` is the global variable of that script.
  const found = await page.evaluate(async () => {
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
  })
  assert.deepEqual(found, [], what)
}

/** Checks that nothing is outside the window, and that every control is large enough to press. */
export async function checkFit(page: Page, what: string) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(over <= 0, `${what} is ${over} pixels too wide`)
  const beyond = await page.locator('body *').evaluateAll(all =>
    all
      // What is wider than a frame of its own is moved sideways inside it.
      .filter(node => node.checkVisibility() && !node.closest('.scroll *'))
      .map(node => ({ text: node.outerHTML.slice(0, 80), ...node.getBoundingClientRect().toJSON() }))
      .filter(({ left, right, width }) => width > 1 && (left < -1 || right > window.innerWidth + 1))
      .map(({ text, left, right }) => ({ text, left, right }))
  )
  assert.deepEqual(beyond, [], `${what}: nothing lies beyond the edges`)
  const targets = 'a, button, summary, textarea, input:not([type=hidden], label > *), label:has(input)'
  const small = await page.locator(targets).evaluateAll(all =>
    all
      .filter(
        node => node.checkVisibility() && !node.parentElement!.closest('p, small, li li, td, .mistakes')
      )
      .map(node => ({ text: node.outerHTML.slice(0, 80), height: node.getBoundingClientRect().height }))
      .filter(({ height }) => height < 24)
  )
  assert.deepEqual(small, [], `${what}: nothing to press is lower than 24 pixels`)
}
