/** Real Chromium: every page without JavaScript, without a fault for axe, and without sideways scrolling. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { audit } from '../../app/models/audit.ts'
import { checkPage } from '../support/accessible.ts'
import { build, PASSWORD } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded, mariadb } from '../support/engines.ts'
import { button, link, path, result, signUp } from '../support/people.ts'
import { ask, change } from '../support/polls.ts'

async function register(page: Page) {
  await page.goto('/register')
  await signUp(page, 'Ann')
}

for (const engine of [embedded, mariadb]) {
  test(`without JavaScript: register, list, vote, change, withdraw, log out (${engine.name})`, async t => {
    const chromium = await browser(t)
    const app = await build(t, engine)
    const url = await listen(app)
    const { page, complaints } = await openWindow(chromium, url, { javaScriptEnabled: false })
    await page.goto('/')
    assert.equal(path(page), '/login', 'a guest is asked who they are')
    await page.getByRole('navigation').getByRole('link', { name: 'Register' }).click()
    assert.equal(path(page), '/register')
    await register(page)
    assert.equal(path(page), '/')
    await page.getByRole('navigation').getByRole('link', { name: 'Polls', exact: true }).click()
    await link(page, 'Which programming language do you like best?')

    await button(page, 'Vote')
    assert.match(await page.getByRole('alert').innerText(), /Choose an option/)
    await page.getByLabel('go', { exact: true }).check()
    await button(page, 'Vote')
    assert.equal(path(page), '/questions/sample-language#counted')
    const counted = page.getByRole('status')
    assert.equal((await counted.innerText()).trim(), 'Your vote for go was counted.')
    assert.equal(await counted.evaluate(node => node.matches(':target')), true)
    assert.deepEqual(await result(page), [
      ['python', '3', '43%'],
      ['java', '2', '29%'],
      ['go (your vote)', '2', '29%']
    ])
    const bars = await page
      .locator('svg.bar rect')
      .evaluateAll(all => all.map(bar => bar.getBoundingClientRect()))
    assert.ok(bars[0]!.width > bars[1]!.width && bars[1]!.width === bars[2]!.width && bars[2]!.width > 20)

    await link(page, 'Change vote')
    assert.equal(await page.getByLabel('go', { exact: true }).isChecked(), true)
    await page.getByLabel('java').check()
    await button(page, 'Change vote')
    assert.deepEqual((await result(page))[1], ['java (your vote)', '3', '43%'])
    await link(page, 'Withdraw vote')
    await button(page, 'Withdraw vote')
    assert.deepEqual((await result(page))[1], ['java', '2', '33%'])

    await page.goto('/questions/3')
    await page.getByLabel('A long walk').check()
    await page.getByLabel('A good book').check()
    await button(page, 'Vote')
    assert.match(await page.getByRole('status').innerText(), /A long walk and A good book/)
    await button(page, 'Log out')
    assert.equal(path(page), '/login')
    await page.getByLabel('E-mail or phone').fill('ann@example.org')
    await page.getByLabel('Password').fill(PASSWORD)
    await button(page, 'Log in')
    await page.goto('/questions/3')
    assert.match(await page.getByRole('status').innerText(), /was counted/)
    assert.deepEqual(
      complaints.filter(text => !/status of 422/.test(text)),
      [],
      'the browser complains of nothing'
    )
    assert.deepEqual(await audit(app.db), [])
  })
}

test('a poll is voted in with the keyboard alone', async t => {
  const chromium = await browser(t)
  const app = await build(t, embedded)
  const { page } = await openWindow(chromium, await listen(app))
  await register(page)
  await page.goto('/questions/1')
  await page.getByLabel('python').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Vote')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/sample-language#counted')
  await page.waitForFunction(() => document.activeElement?.id === 'counted') // the message has the focus
  assert.match(await page.locator('#counted').innerText(), /Your vote for java was counted/)
})

const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2)

for (const [colorScheme, width] of [
  ['light', 1024],
  ['dark', 320]
] as const) {
  test(`every page is accessible and fits: ${colorScheme}, ${width} pixels`, async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded, { log: { level: 'silent' } })
    const viewport = { width, height: 640 }
    const { page } = await openWindow(chromium, await listen(app), { colorScheme, viewport })
    const check = (what: string) => checkPage(page, what)
    const visit = async (url: string) => {
      await page.goto(url)
      await check(url)
    }
    const texts = {
      question_text: `${long}?`,
      description: 'One\nTwo',
      kind: 'multiple',
      max_choices: 2
    } as const
    const wide = await ask(app, texts, [long, '选项', 'خيار', 'x'.repeat(200)])
    const closed = await ask(app, { question_text: 'Closed without votes?' })
    await change(app, closed.id, { closed_time: '2026-01-01 00:00:00' })
    const hidden = await ask(app, { results: 'after_close', revote: 0 })
    for (const url of [
      '/login',
      '/register',
      '/questions',
      '/questions?q=nothing',
      '/questions/1',
      '/nowhere'
    ]) {
      await visit(url)
    }
    await visit(`/questions/${wide.slug}`)
    await page.goto('/register')
    await page.locator('main form').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''))
    await button(page, 'Register')
    await page.waitForFunction(() => document.activeElement?.id === 'mistakes')
    await check('a refused registration')
    await register(page)
    await check('home')
    await visit('/questions?mine=1')
    await visit('/questions/new')
    await page.getByText('More settings').click()
    await check('a new poll, with its settings')
    await page.getByLabel('Question', { exact: true }).fill(`${long}?`)
    await page.getByLabel('Option 1').fill('Same')
    await page.getByLabel('Option 2').fill('same')
    await button(page, 'Create poll')
    await check('a refused poll')
    await page.getByLabel('Option 2').fill(long)
    await page.getByText('More settings').click()
    await page.getByLabel(/^Closes at/).fill('2099-12-31T12:00')
    await button(page, 'Create poll')
    await check('the poll’s own page')
    await link(page, 'Present')
    await check('a poll that is presented')
    await button(page, 'Hide results')
    await page.getByRole('button', { name: 'Show results' }).waitFor()
    await check('a poll that is presented without its result')
    await link(page, 'Manage poll')
    await link(page, 'Edit poll')
    await check('a poll that is edited')
    await visit('/')
    await visit('/questions?mine=1')
    for (const { slug } of [wide, closed, hidden]) await visit(`/questions/${slug}`)
    await button(page, 'Vote')
    await check('a refused vote')
    await page.getByLabel('Yes').check()
    await button(page, 'Vote')
    await check('a final vote')
    await page.goto(`/questions/${wide.slug}`)
    await page.getByLabel(long).check()
    await page.getByLabel('选项').check()
    await button(page, 'Vote')
    await check('a counted vote')
    await visit(`/questions/${wide.slug}/results`)
    await visit(`/questions/${wide.slug}/present`)
    await visit(`/questions/${wide.slug}/vote`)
    await visit(`/questions/${wide.slug}/vote/withdraw`)
    await app.db.execute('ALTER TABLE question RENAME COLUMN description TO details')
    await visit('/questions')
  })
}
