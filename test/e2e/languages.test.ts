/** Real Chromium: the pages in Chinese, and in a language from right to left on the narrowest screen. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { BrowserContext, Page } from 'playwright-core'
import en from '../../app/locales/en.ts'
import { checkPage } from '../support/accessible.ts'
import { build, member, start, type Visitor } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { button, said } from '../support/people.ts'
import { ask } from '../support/polls.ts'
import { pseudo } from '../support/pseudo.ts'

/** The browser is from now on the one in which this visitor signed in. */
const signIn = (context: BrowserContext, { cookies }: Visitor, url: string) =>
  context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })))

/** What is no name of something: our own, formats, and what people wrote. */
const names =
  /\b(?:vote|English|CSV|JSON|Cookie|UTC|GMT|Chrome|Linux|name@example\.org)\b|req-\w+|https?:\S+|\u2068[^\u2069]*\u2069/g

/** Words of a page in Latin letters that nobody wrote and that are no names, also those that are only read out. */
async function latin(page: Page): Promise<string[]> {
  const text = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement
    for (const foreign of copy.querySelectorAll('bdi, h1[dir], textarea, script, [name=locale]'))
      foreign.remove()
    const titles = ['aria-label', 'alt', 'data-copied', 'data-failed', 'data-option', 'data-your-time']
    const labels = titles.flatMap(name =>
      [...copy.querySelectorAll(`[${name}]`)].map(node => node.getAttribute(name))
    )
    return [copy.dataset.yourTime, copy.textContent, ...labels].join('\n')
  })
  return (
    text
      .replace(/.*[·] vote\n/, '')
      .replace(names, '')
      .match(/[A-Za-z]{2,}/g) ?? []
  )
}

/** Somebody with polls of their own, one of them voted in, and the pages of everyday. */
async function everyday(app: FastifyInstance) {
  const ann = await member(app)
  const own = await ask(app, { user_id: ann.id, close_time: '2099-12-31 12:00:00' })
  const voted = await ask(app, { kind: 'multiple', max_choices: 2 }, ['Ä', 'Ö', 'Ü'])
  await ann.put(`/questions/${voted.slug}/vote`, { choice: voted.choices.slice(0, 2) })
  const pages = [
    '/',
    '/questions?mine=1',
    '/questions/1',
    `/questions/${voted.slug}`,
    `/questions/${voted.slug}/results`,
    `/questions/${own.slug}/manage`,
    `/questions/${own.slug}/present`,
    '/questions/new',
    '/account',
    '/nowhere'
  ]
  return { ann, own, pages }
}

/** And those that one comes to now and then. */
const rarely = (slug: string) => [
  `/questions/${slug}/delete`,
  `/questions/${slug}/close`,
  `/questions/${slug}/edit`,
  '/account/sessions',
  '/account/password',
  '/account/delete',
  '/admin',
  '/admin/users',
  '/questions?q=nothing'
]

test('every page is in Chinese, accessible by day and by night', async t => {
  const chromium = await browser(t)
  const app = await build(t, embedded, { log: { level: 'silent' } })
  const url = await listen(app)
  const { page, complaints } = await openWindow(chromium, url, { locale: 'zh-CN' })
  for (const path of ['/login', '/register', '/questions/1']) {
    await page.goto(path)
    assert.deepEqual(await latin(page), [], path)
    await checkPage(page, path)
  }
  const { ann, own, pages } = await everyday(app)
  await signIn(page.context(), ann, url)
  for (const path of pages) {
    await page.goto(path)
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans')
    assert.deepEqual(await latin(page), [], path)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await checkPage(page, `${path}, ${colorScheme}`)
    }
  }
  for (const path of rarely(own.slug)) {
    await page.goto(path)
    assert.deepEqual(await latin(page), [], path)
  }
  const failed = complaints.filter(text => !/status of 404/.test(text))
  assert.deepEqual(failed, [])
})

test('scripts speak the language of the page, and the switch changes it', async t => {
  const chromium = await browser(t)
  const app = await build(t, embedded)
  const url = await listen(app)
  const { ann, own } = await everyday(app)
  const { page } = await openWindow(chromium, url, { timezoneId: 'Asia/Tokyo' })
  await signIn(page.context(), ann, url)
  await page.goto(`/questions/${own.slug}/manage`)
  await button(page, '简体中文')
  await page.getByRole('heading', { name: '分享此链接' }).waitFor()
  assert.match(await page.locator('time').first().innerText(), /（?\(你的当地时间：.*GMT\+9 21:00\)/)
  await button(page, '复制')
  await page.getByText('已复制', { exact: true }).waitFor()

  await page.goto('/questions/new')
  await page.getByLabel('选项 2').fill('Zwei')
  await page.getByLabel('选项 3').fill('Drei')
  assert.equal(await page.getByLabel('选项 4').count(), 1)

  await page.goto(`/questions/${own.slug}`)
  await page.getByLabel('Yes').check()
  await button(page, '投票')
  const sentence = page.locator('[data-live=sentence]')
  assert.equal(await said(sentence), 'Yes 领先，共 1 票，得 1 票。')
  await (await member(app)).put(`/questions/${own.slug}/vote`, { choice: own.choices[1]! })
  await sentence.filter({ hasText: '平局' }).waitFor()
  assert.equal(await said(sentence), '平局：Yes和No，各 1 票。')
  assert.equal(await page.getByRole('cell', { name: '50%' }).count(), 2)

  await button(page, 'English')
  assert.equal(await said(sentence), 'Tie: Yes and No, 1 each.')
})

test('from right to left nothing is cut off or in the wrong place, at 320 pixels', async t => {
  const chromium = await browser(t)
  const tree = { ...(await embedded.config(t)), log: { level: 'silent' } }
  const app = await start(t, tree, { catalogues: [en, pseudo] })
  const url = await listen(app)
  const viewport = { width: 320, height: 640 }
  const { page } = await openWindow(chromium, url, { locale: 'ar-EG', viewport })
  const check = async (path: string) => {
    await page.goto(path)
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), 'rtl')
    assert.deepEqual(await latin(page), [], path)
    await checkPage(page, path)
  }
  const { ann, own, pages } = await everyday(app)
  for (const path of ['/login', '/register', '/questions/1']) await check(path)
  await signIn(page.context(), ann, url)
  for (const path of [...pages, ...rarely(own.slug)]) await check(path)

  await page.goto(`/questions/${own.slug}`)
  const { input, text } = await page
    .locator('label.choice')
    .first()
    .evaluate(label => ({
      input: label.querySelector('input')!.getBoundingClientRect().left,
      text: label.querySelector('bdi')!.getBoundingClientRect().left
    }))
  assert.ok(input > text, 'one begins to read at the button')
  await page.goto('/questions/1/results')
  const bar = await page
    .locator('svg.bar rect')
    .first()
    .evaluate(rect => {
      const [own, all] = [rect, rect.parentElement!].map(node => node.getBoundingClientRect())
      return [Math.round(all!.right - own!.right), own!.width < all!.width]
    })
  assert.deepEqual(bar, [0, true], 'bars grow from the right')
})
