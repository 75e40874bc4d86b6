/** What a user does in a browser: presses buttons and links, registers, reads the result. */
import type { Locator, Page } from 'playwright-core'
import { PASSWORD } from './app.ts'

/**
 * Presses a button or link, and waits for the page to which it leads. A click alone ends when that
 * page begins: half of it is missing, and its scripts have not run.
 */
export async function press(place: Locator) {
  await place.click()
  await place.page().waitForLoadState()
}

export const button = (page: Page, name: string) => press(page.getByRole('button', { name, exact: true }))
export const link = (page: Page, name: string) => press(page.getByRole('link', { name, exact: true }))
export const path = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).hash

/** Opens the menu of the account in the header. */
export const openMenu = (page: Page) => page.getByRole('navigation').locator('summary').click()

/** Chooses a language, by its own name, in the menu at the foot of the page. */
export async function chooseLanguage(page: Page, name: string) {
  const menu = page.locator('footer .languages')
  if ((await menu.getAttribute('open')) === null) await menu.locator('summary').click()
  await press(menu.getByRole('button', { name, exact: true }))
}

/** Fills in and sends the form of the open page /register. */
export async function signUp(page: Page, name: string, email = `${name.toLowerCase()}@example.org`) {
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await button(page, 'Register')
}

/** Returns the text of an element without the characters that isolate directions. */
export const textOf = async (place: Locator) =>
  (await place.innerText()).trim().replace(/[\u2068\u2069]/g, '')

/** Returns the widths of the bars. */
export const bars = (page: Page) =>
  page.locator('svg.bar rect').evaluateAll(all => all.map(bar => bar.getAttribute('width')))

/** Returns the rows of the result: option, votes, percent. */
export const result = (page: Page) =>
  page
    .getByRole('row')
    .evaluateAll(rows =>
      rows.slice(1).map(row => [...row.children].map(cell => cell.textContent.trim().replace(/\s+/g, ' ')))
    )
