/** What every page must be: without a fault for axe, no wider than the window, with nothing too small to press. */
import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Looks at the page as it is now; `what` names it. */
export async function checkPage(page: Page, what: string) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
  assert.deepEqual(found, [], what)
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(over <= 0, `${what} is ${over} pixels too wide`)
  const small = await page.locator('a, button, input:not([type=hidden]), label.choice').evaluateAll(all =>
    all
      .filter(
        node => !node.closest('p, small, li li, td, label.choice, .mistakes') || node.matches('label.choice')
      )
      .map(node => ({ text: node.outerHTML.slice(0, 80), height: node.getBoundingClientRect().height }))
      .filter(({ height }) => height < 24)
  )
  assert.deepEqual(small, [], `${what}: nothing to press is lower than 24 pixels`)
}
