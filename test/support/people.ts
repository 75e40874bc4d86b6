/** People in front of a browser: what they press, and how they come to an account. */
import type { Locator, Page } from 'playwright-core'
import { PASSWORD } from './app.ts'

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
export const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()
export const path = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).hash

/** Fills in the form of /register, on which the page is, and sends it. */
export async function signUp(page: Page, name: string) {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@example.org`)
  await page.getByLabel('Password').fill(PASSWORD)
  await button(page, 'Register')
}

/** What stands there, without the marks that give names a direction of their own. */
export const said = async (place: Locator) => (await place.innerText()).trim().replace(/[\u2068\u2069]/g, '')

/** The bars, as they are drawn. */
export const bars = (page: Page) =>
  page.locator('svg.bar rect').evaluateAll(all => all.map(bar => bar.getAttribute('width')))

/** The result as it is read out: option, votes, share. */
export const result = (page: Page) =>
  page
    .getByRole('row')
    .evaluateAll(rows =>
      rows.slice(1).map(row => [...row.children].map(cell => cell.textContent.trim().replace(/\s+/g, ' ')))
    )
