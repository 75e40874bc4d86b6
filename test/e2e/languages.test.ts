/** Real Chromium: scripts in the language of the page, and a language from right to left. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BrowserContext } from 'playwright-core'
import en from '../../app/i18n/locales/en.ts'
import { build, member, start, type Visitor } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, chooseLanguage, textOf } from '../support/people.ts'
import { ask } from '../support/polls.ts'
import { pseudo } from '../support/pseudo.ts'

/** Gives the browser the cookies of this client. */
const signIn = (context: BrowserContext, { cookies }: Visitor, url: string) =>
  context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })))

describe('e2e/languages', () => {
  test('scripts use the language of the page, and the language switch changes it', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const url = await listen(app)
    const ann = await member(app)
    const own = await ask(app, { user_id: ann.id, close_time: '2099-12-31 12:00:00' })
    const { page } = await openWindow(chromium, url, { timezoneId: 'Asia/Tokyo' })
    await signIn(page.context(), ann, url)
    await page.goto(`/questions/${own.slug}/manage`)
    await chooseLanguage(page, '简体中文')
    await page.getByRole('heading', { name: '分享此链接' }).waitFor()
    await eventuallyMatch(() => page.locator('time').first().innerText(), /你的当地时间：.*GMT\+9 21:00 \(/)
    await button(page, '复制')
    await page.getByText('已复制', { exact: true }).waitFor()

    await page.goto('/questions/new')
    await page.getByLabel('选项 2').fill('Zwei')
    await page.getByLabel('选项 3').fill('Drei')
    await eventuallyEqual(() => page.getByLabel('选项 4').count(), 1)

    await page.goto(`/questions/${own.slug}`)
    await page.getByLabel('Yes').check()
    await button(page, '投票')
    const sentence = page.locator('[data-live=sentence]')
    await eventuallyEqual(() => textOf(sentence), 'Yes 领先，得 1 票（共 1 票）。')
    await (await member(app)).put(`/questions/${own.slug}/vote`, { choice: own.choices[1]! })
    await sentence.filter({ hasText: '平局' }).waitFor()
    await eventuallyEqual(() => textOf(sentence), '平局：Yes和No，各得 1 票（共 2 票）。')
    await eventuallyEqual(() => page.getByRole('cell', { name: '50%' }).count(), 2)

    await chooseLanguage(page, 'English')
    await eventuallyEqual(() => textOf(sentence), 'Tie: Yes and No, 1 each of 2 votes.')
  })

  test('in a right-to-left language the layout is mirrored, and bars grow from the right', async t => {
    const chromium = await browser(t)
    const app = await start(t, await embedded.filled(t), { catalogues: [en, pseudo] })
    const { page } = await openWindow(chromium, await listen(app), { locale: 'ar-EG' })
    await page.goto(`/questions/${(await ask(app)).slug}`)
    const { input, text } = await page
      .locator('label.choice')
      .first()
      .evaluate(label => ({
        input: label.querySelector('input')!.getBoundingClientRect().left,
        text: label.querySelector('bdi')!.getBoundingClientRect().left
      }))
    assert.ok(input > text)
    await page.goto('/questions/1/results')
    const bar = await page
      .locator('svg.bar rect')
      .first()
      .evaluate(rect => {
        const [own, all] = [rect, rect.parentElement!].map(node => node.getBoundingClientRect())
        return [Math.round(all!.right - own!.right), own!.width < all!.width]
      })
    assert.deepEqual(bar, [0, true])
  })
})
