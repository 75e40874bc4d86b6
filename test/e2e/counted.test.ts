/**
 * Real Chromium: every shown page says what counts now, after Back, in a second tab and after the
 * session has ended.
 */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { build, member } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { button, path, press, textOf } from '../support/people.ts'
import { ask } from '../support/polls.ts'
import { storeOf } from '../support/sessions.ts'

const options = ['Apple', 'Bread', 'Cheese']
const counted = (page: Page) => textOf(page.locator('#counted'))
const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName)

async function vote(page: Page, slug: string, name: string) {
  await page.goto(`/questions/${slug}/vote`)
  await page.getByLabel(name).check()
  await press(page.locator('form#typed button[type=submit]').first())
  await eventuallyEqual(() => path(page), `/questions/${slug}#counted`)
}

/** Opens a window in which a member is signed in. */
async function openAsMember(t: TestContext) {
  const chromium = await browser(t)
  const app = await build(t, embedded)
  const url = await listen(app)
  const ann = await member(app)
  const { page } = await openWindow(chromium, url)
  const value = encodeURIComponent(ann.cookies.get('sessionid')!)
  await page.context().addCookies([{ name: 'sessionid', value, url }])
  return { app, ann, page }
}

describe('e2e/counted', () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`Back after a choice that was not sent says which vote counts, script ${javaScriptEnabled ? 'on' : 'off'}`, async t => {
      const chromium = await browser(t)
      const app = await build(t, embedded)
      const { page } = await openWindow(chromium, await listen(app), { javaScriptEnabled })
      const { slug } = await ask(app, { results: 'after_close' }, options)
      await vote(page, slug, 'Bread')
      await page.goto(`/questions/${slug}/vote`)
      await page.getByLabel('Cheese').check()
      await page.goto('/questions')
      await page.goBack()
      await eventuallyEqual(() => page.getByLabel('Cheese').isChecked(), true)
      await eventuallyEqual(() => counted(page), 'Your vote for Bread was counted.')
    })
  }

  test('a second tab shows what the first one has changed, and keeps its choice and its focus', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const { page: first, complaints } = await openWindow(chromium, await listen(app))
    for (const results of ['always', 'after_close'] as const) {
      const { slug } = await ask(app, { results }, options)
      await vote(first, slug, 'Apple')
      const second = await first.context().newPage()
      await second.goto(`/questions/${slug}`)
      await eventuallyEqual(() => counted(second), 'Your vote for Apple was counted.')
      const changing = await first.context().newPage()
      await changing.goto(`/questions/${slug}/vote`)
      await changing.getByLabel('Cheese').check()
      await vote(first, slug, 'Bread')
      await eventuallyEqual(() => counted(second), 'Your vote for Bread was counted.')
      if (results === 'always') {
        const own = second.locator('tr.own th bdi')
        await eventuallyEqual(() => own.allInnerTexts(), ['Bread'])
        await eventuallyEqual(() => changing.locator('tr.own th bdi').allInnerTexts(), ['Bread'])
      } else await eventuallyEqual(() => counted(changing), 'Your vote for Bread was counted.')
      assert.equal(await changing.getByLabel('Cheese').isChecked(), true)
      assert.equal(await focused(second), 'BODY')
      await first.goto(`/questions/${slug}/vote/withdraw`)
      await button(first, 'Withdraw vote')
      await eventuallyEqual(() => second.locator('#counted').count(), 0)
      await eventuallyEqual(() => second.locator('tr.own').count(), 0)
      await eventuallyEqual(() => second.locator('.own-vote').count(), 0)
      await second.reload()
      await eventuallyEqual(() => second.locator('#choice').count(), 1)
      await vote(first, slug, 'Cheese')
      const box = second.locator('article > .own-vote:first-child')
      await eventuallyEqual(() => textOf(box.locator('#counted')), 'Your vote for Cheese was counted.')
      await eventuallyEqual(() => box.locator('.actions a').allInnerTexts(), ['Change vote', 'Withdraw vote'])
      await second.close()
      await changing.close()
    }
    assert.deepEqual(complaints, [])
  })

  test('a guest reads that an account which used this browser has voted', async t => {
    const { app, ann, page } = await openAsMember(t)
    const { slug } = await ask(app, {}, options)
    await vote(page, slug, 'Apple')
    const id = ann.cookies.get('sessionid')!.split('.')[0]!
    await storeOf(app).age(id, -1)
    await page.goto(`/questions/${slug}`)
    await page.getByText('An account that was signed in in this browser has voted here').waitFor()
    await page.getByLabel('Bread').check()
    await button(page, 'Vote')
    await eventuallyMatch(
      () => page.locator('#unsent').innerText(),
      /already voted here. Your vote was NOT counted yet/
    )
    await button(page, 'Vote without signing in')
    await eventuallyEqual(() => counted(page), 'Your vote for Bread was counted.')
  })

  test('the screen of a presenter whose session has ended keeps its picture and says so', async t => {
    const { app, ann, page } = await openAsMember(t)
    const { slug } = await ask(app, { user_id: ann.id }, options)
    await page.goto(`/questions/${slug}/present`)
    await eventuallyEqual(() => page.locator('#result').count(), 1)
    await storeOf(app).age(ann.cookies.get('sessionid')!.split('.')[0]!, -1)
    for (const key of ['h', 'c']) {
      await page.keyboard.press(key)
      if (key === 'c') await page.keyboard.press('Enter')
      await page.getByText('Signed out: sign in to control this screen.').waitFor()
      assert.equal(path(page), `/questions/${slug}/present`)
      assert.equal(await page.locator('#result').count(), 1, 'the picture stays')
    }
    await page.route('**/close', route => route.abort())
    await page.locator('#close').click()
    await page.getByText('The server did not answer').waitFor()
  })
})
