/** Real Chromium: what pages show when the options of an open poll change. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { member, start } from '../support/app.ts'
import { become, browser, follows, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { button, link } from '../support/people.ts'
import { ask } from '../support/polls.ts'
import { roomOf, sendJson } from '../support/rooms.ts'

/** Creates a room whose poll hides its result and takes suggestions; windows of the same site. */
async function scene(t: TestContext) {
  const chromium = await browser(t)
  const app = await start(t, await embedded.filled(t))
  const ann = await member(app)
  const room = await roomOf(app, ann, ['First?'], { results: 'after_close', suggestions: 'on' })
  const [{ slug, choices }] = room.polls as [(typeof room.polls)[0]]
  const site = await listen(app)
  const open = async (path: string) => {
    const window = await openWindow(chromium, site)
    if (path.endsWith('/present')) await become(window.page, ann, site)
    await window.page.goto(path)
    await follows(window.page)
    return window
  }
  const amend = (changes: object) => sendJson(ann, `/questions/${slug}/amend`, changes)
  const eve = await member(app)
  const suggest = (text: string) => eve.put(`/questions/${slug}/vote`, { choice_text: text })
  return { ...room, slug, choices, open, amend, suggest }
}

describe('e2e/changed-options', () => {
  test('phones and the screen of a room show new, renamed and retired options of a hidden result', async t => {
    const { id, code, choices, open, amend, suggest } = await scene(t)
    const { page: phone, complaints } = await open(`/${code}`)
    const { page: screen } = await open(`/rooms/${id}/present`)
    const labels = (page: Page, row: string) => () => page.locator(`${row} bdi`).allInnerTexts()
    const show = async (options: string[]) => {
      await eventuallyEqual(labels(phone, '.choice'), options)
      await eventuallyEqual(labels(screen, '.bars li'), options)
    }
    await phone.getByLabel('Hills').check()
    assert.equal((await suggest('Lakes')).statusCode, 200)
    await show(['Sea', 'Hills', 'Lakes'])
    assert.ok(await phone.getByLabel('Hills').isChecked(), 'what was chosen is kept')
    await amend({ choices: [{ id: choices[1], choice_text: 'High hills' }], confirm: true })
    await show(['Sea', 'High hills', 'Lakes'])
    await amend({ choices: [{ id: choices[0], retired: true }], confirm: true })
    await show(['High hills', 'Lakes'])
    await button(phone, 'Vote')
    await phone.locator('#counted', { hasText: 'High hills' }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('a page outside of a room offers its newer version, and keeps what is typed', async t => {
    const { slug, choices, open, amend } = await scene(t)
    const { page, complaints } = await open(`/questions/${slug}`)
    await page.getByLabel('Hills').check()
    await page.locator('#choice_text').fill('Lakes')
    await amend({ choices: [{ id: choices[0], choice_text: 'Seaside' }], confirm: true })
    await page.locator('[data-live=outdated]').waitFor()
    assert.ok(await page.getByLabel('Hills').isChecked())
    assert.equal(await page.locator('#choice_text').inputValue(), 'Lakes')
    assert.ok(await page.getByLabel('Sea', { exact: true }).isVisible())
    assert.deepEqual(complaints, [])
  })

  for (const kind of ['single', 'ranked'] as const)
    test(`no page keeps the votes of a retired option that has lost its last one (${kind})`, async t => {
      const chromium = await browser(t)
      const app = await start(t, await embedded.filled(t))
      const [ann, eve] = [await member(app), await member(app)]
      const settings = { user_id: ann.id, ...(kind === 'ranked' && { kind, max_choices: 3 }) }
      const { slug, choices } = await ask(app, settings, ['Sea', 'Hills', 'City'])
      const [sea, , city] = choices
      await eve.put(`/questions/${slug}/vote`, { choice: [city!] })
      await sendJson(ann, `/questions/${slug}/amend`, {
        choices: [{ id: city, retired: true }],
        confirm: true
      })
      const site = await listen(app)
      const open = async (path: string) => {
        const { page } = await openWindow(chromium, site)
        await become(page, ann, site)
        await page.goto(`/questions/${slug}${path}`)
        await follows(page)
        return page
      }
      const pages = await Promise.all(['', '/results', '/manage'].map(open))
      const screen = await open('/present')
      const rows = (page: Page) => page.locator('[data-choice] bdi').allInnerTexts()
      for (const page of [...pages, screen]) assert.deepEqual(await rows(page), ['Sea', 'Hills', 'City'])
      await eve.put(`/questions/${slug}/vote`, { choice: [sea!] })
      for (const page of pages) {
        await link(page, 'show the new one')
        await follows(page)
        assert.deepEqual(await rows(page), ['Sea', 'Hills'])
        assert.equal(await page.locator('[data-live=outdated]').isVisible(), false)
      }
      await eventuallyEqual(() => rows(screen), ['Sea', 'Hills'])
    })
})
