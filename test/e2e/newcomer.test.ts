/**
 * Real Chromium: from the first page of a new site to a vote in a second browser, counted in
 * clicks, fields and characters.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { build } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { press } from '../support/people.ts'

const MAX_CLICKS = 6
const MAX_FIELDS = 5
const MAX_CHARACTERS = 60

/** Uses a page as its user does, and counts what it takes. */
function counting() {
  const used = { clicks: 0, fields: 0, characters: 0 }
  return {
    used,
    click: async (place: Locator) => {
      used.clicks++
      await press(place)
    },
    /** Types into the field that has the focus, whose label is this. */
    type: async (page: Page, label: string, text: string) => {
      used.fields++
      used.characters += text.replaceAll('\n', '').length
      const field = page.getByLabel(label, { exact: true }).first()
      await eventuallyEqual(() => field.evaluate(one => one === document.activeElement), true)
      await page.keyboard.type(text)
    }
  }
}

describe('e2e/newcomer', () => {
  test('six clicks, five fields and sixty characters lead to a vote in a second browser', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const site = await listen(app)
    const [{ page }, { page: voter }] = [await openWindow(chromium, site), await openWindow(chromium, site)]
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const { used, click, type } = counting()

    await page.goto('/')
    await type(page, 'Name', 'Ann')
    await page.keyboard.press('Tab')
    await type(page, 'E-mail', 'ann@example.org')
    await page.keyboard.press('Tab')
    await type(page, 'Password', 'plum tree 8')
    await click(page.getByRole('button', { name: 'Create account' }))
    await click(page.getByRole('link', { name: 'New poll' }).first())
    await type(page, 'Question', 'Lunch?')
    await page.keyboard.press('Enter')
    await type(page, 'Option 1', 'Pizza\nSushi') // Enter leads on to the next option
    await click(page.getByRole('button', { name: 'Create poll' }))
    await click(page.getByRole('button', { name: 'Copy' }))
    await eventuallyMatch(() => page.evaluate(() => navigator.clipboard.readText()), /^http:.*\/questions\//)

    await voter.goto(await page.evaluate(() => navigator.clipboard.readText()))
    await click(voter.getByLabel('Sushi'))
    await click(voter.getByRole('button', { name: 'Vote', exact: true }))
    await eventuallyMatch(() => voter.locator('#counted').innerText(), /Sushi/)

    t.diagnostic(JSON.stringify(used))
    assert.ok(used.clicks <= MAX_CLICKS, `${used.clicks} clicks`)
    assert.ok(used.fields <= MAX_FIELDS, `${used.fields} fields`)
    assert.ok(used.characters <= MAX_CHARACTERS, `${used.characters} characters`)
  })
})
