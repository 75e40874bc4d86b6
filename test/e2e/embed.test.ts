/**
 * Real Chromium: a poll in a frame of another site, over https, with every treatment of third-party
 * cookies.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { root } from '../../app/config/load.ts'
import { freePort } from '../../app/ops/servers.ts'
import { build } from '../support/app.ts'
import { launch, listen } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { ask, ofDates } from '../support/polls.ts'
import { passTo, serveTls } from '../support/tls-sites.ts'

/** A site with a poll, and two other sites that show it: one that may and one that may not. */
async function sites(
  t: TestContext,
  {
    args = [],
    losesCookie,
    sandbox,
    timezoneId = 'Europe/Berlin',
    settings = {},
    options
  }: {
    args?: readonly string[]
    losesCookie?: RegExp
    sandbox?: string
    timezoneId?: string
    settings?: Parameters<typeof ask>[1]
    options?: Parameters<typeof ask>[2]
  } = {}
) {
  const browser = await launch('--host-resolver-rules=MAP * 127.0.0.1', ...args)
  t.after(() => browser.close())
  const [port, other] = [await freePort(), await freePort()]
  const [polls, blog, news] = [
    `https://polls.test:${port}`,
    `https://blog.test:${other}`,
    `https://news.test:${other}`
  ]
  const app = await build(t, embedded, { server: { publicUrl: polls } })
  const poll = await ask(app, { embed_origins: blog, ...settings }, options)
  const sandboxed = sandbox === undefined ? '' : ` sandbox="${sandbox}"`
  await serveTls(t, port, passTo(await listen(app), losesCookie))
  await serveTls(t, other, ({ url = '/' }, answer) => {
    answer
      .setHeader('content-type', 'text/html')
      .end(
        `<!doctype html><title>Blog</title><iframe title="poll" width="600" height="800"${sandboxed} src="${polls}${url}"></iframe>`
      )
  })
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB', timezoneId })
  const voters = async () =>
    (await app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = ?', [poll.id]))!.voters
  return { poll, polls, blog, news, context, voters }
}

/** The text in the frame of a page; empty where the browser does not show it. */
const textIn = (page: Page) => () =>
  page
    .frameLocator('iframe')
    .locator('body')
    .innerText({ timeout: 500 })
    .catch(() => '')

async function voteIn(page: Page, option: string, button = 'Vote') {
  const frame = page.frameLocator('iframe')
  await frame.getByLabel(option).check()
  await frame.getByRole('button', { name: button }).click()
}

describe('e2e/embed', () => {
  for (const [what, args] of [
    ['allowed', []],
    ['partitioned', ['--test-third-party-cookie-phaseout']]
  ] as const) {
    test(`third-party cookies ${what}: a vote in a frame counts once, and may be changed there`, async t => {
      const { poll, polls, blog, context, voters } = await sites(t, { args })
      const page = await context.newPage()
      const at = `${blog}/embed/${poll.slug}`
      await page.goto(at)
      await voteIn(page, 'Yes')
      await eventuallyMatch(textIn(page), /Your vote for Yes was counted/)
      await page.goto(at)
      await eventuallyMatch(textIn(page), /Your vote for Yes was counted/)
      await page.frameLocator('iframe').getByRole('link', { name: 'Change vote' }).click()
      await eventuallyEqual(() => page.frameLocator('iframe').getByLabel('Yes').isChecked(), true)
      await voteIn(page, 'No', 'Change vote')
      await eventuallyMatch(textIn(page), /Your vote for No was counted/)
      assert.equal(await voters(), 1)
      const cookies = (await context.cookies()).filter(({ name }) => name.endsWith('embed'))
      assert.deepEqual(
        cookies.map(({ sameSite, secure, httpOnly, path }) => [sameSite, secure, httpOnly, path]),
        [['None', true, true, '/embed']]
      )
      // The site itself is not sent the cookie of the frame: there the browser is another voter.
      const own = await context.newPage()
      await own.goto(`${polls}/questions/${poll.slug}`)
      await own.getByLabel('Yes').check()
      await own.getByRole('button', { name: 'Vote' }).click()
      await eventuallyMatch(() => own.locator('main').innerText(), /Your vote for Yes was counted/)
      assert.equal(await voters(), 2)
    })
  }

  test('cookies blocked: the frame shows the poll and leads to its site, and no vote is counted', async t => {
    const { poll, polls, blog, context, voters } = await sites(t, { losesCookie: /^\/embed\// })
    const page = await context.newPage()
    await page.goto(`${blog}/embed/${poll.slug}`)
    await eventuallyMatch(textIn(page), /your browser stores no cookie for it/)
    assert.equal(await page.frameLocator('iframe').locator('form').count(), 0)
    const opened = page.waitForEvent('popup')
    await page.frameLocator('iframe').getByRole('link', { name: 'Vote on this site' }).click()
    const own = await opened
    await own.waitForURL(`${polls}/questions/${poll.slug}`)
    assert.equal(await own.evaluate('window.opener'), null)
    await own.getByLabel('Yes').check()
    await own.getByRole('button', { name: 'Vote' }).click()
    await eventuallyMatch(() => own.locator('main').innerText(), /Your vote for Yes was counted/)
    assert.equal(await voters(), 1)
  })

  test('in the sandbox of docs/embedding.md, a vote counts and a link opens the page of the poll', async t => {
    const docs = readFileSync(join(root, 'docs/embedding.md'), 'utf8')
    const sandbox = /In a `sandbox`, the frame needs `([a-z -]+)`/.exec(docs)![1]!
    const { poll, polls, blog, context, voters } = await sites(t, { sandbox })
    const page = await context.newPage()
    await page.goto(`${blog}/embed/${poll.slug}`)
    await voteIn(page, 'Yes')
    await eventuallyMatch(textIn(page), /Your vote for Yes was counted/)
    const opened = page.waitForEvent('popup')
    await page.frameLocator('iframe').getByRole('link', { name: 'Open the poll' }).click()
    const own = await opened
    await own.waitForURL(`${polls}/questions/${poll.slug}`)
    await own.getByLabel('No').check()
    await own.getByRole('button', { name: 'Vote' }).click()
    await eventuallyMatch(() => own.locator('main').innerText(), /Your vote for No was counted/)
    assert.equal(await voters(), 2)
  })

  test('a reader in New York sees own times first: of the options, of closing, of the vote', async t => {
    const { poll, blog, context } = await sites(t, {
      timezoneId: 'America/New_York',
      settings: { ...ofDates(1), revote: 0, close_time: '2099-12-01 17:00:00' },
      options: [{ starts: '2099-12-04 17:00:00', ends: null }]
    })
    const page = await context.newPage()
    await page.goto(`${blog}/embed/${poll.slug}`)
    await eventuallyMatch(textIn(page), /Times are in your time zone/)
    await eventuallyMatch(textIn(page), /4 Dec 2099, 12:00 GMT-5 \(18:00 CET\)/)
    await eventuallyMatch(textIn(page), /Closes Tue,? 1 Dec, 12:00 GMT-5, your time \(/)
    await voteIn(page, 'Yes')
    await eventuallyMatch(textIn(page), /You voted on [^(]*, your time \(/)
  })

  test('another site and every other address stay blank', async t => {
    const { poll, blog, news, context } = await sites(t)
    const page = await context.newPage()
    const blocked: string[] = []
    page.on('console', message => {
      if (/frame-ancestors/.test(message.text())) blocked.push(message.text())
    })
    const addresses = [
      `${news}/embed/${poll.slug}`,
      `${blog}/questions/${poll.slug}`,
      `${blog}/questions/${poll.slug}/present`,
      `${blog}/login`
    ]
    for (const [n, address] of addresses.entries()) {
      await page.goto(address)
      await eventuallyEqual(() => blocked.length, n + 1)
      assert.equal(await textIn(page)().then(text => /Is it\?|Password/.test(text)), false, address)
    }
    await page.goto(`${blog}/embed/${poll.slug}`)
    await eventuallyMatch(textIn(page), /Is it\?/)
  })
})
