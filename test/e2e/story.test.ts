/**
 * Real Chromium: a teacher's poll from registration to the close, with voters in other browsers.
 */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { audit } from '../../app/models/polls/audit.ts'
import { build } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded, type Engine, onEngines, shared } from '../support/engines.ts'
import { eventuallyEqual, eventuallyMatch } from '../support/eventually.ts'
import { bars, button, link, path, press, result, textOf, signUp } from '../support/people.ts'
import { ask } from '../support/polls.ts'

const main = (page: Page) => textOf(page.getByRole('main'))

/** A guest opens the link and sees the form. */
async function arrive(page: Page, address: string) {
  await page.goto(address)
  await eventuallyEqual(() => page.url(), address)
  await eventuallyEqual(() => page.getByRole('heading', { level: 1 }).innerText(), 'Where do we eat?')
  await eventuallyEqual(() => page.getByRole('navigation').getByRole('link', { name: 'Sign in' }).count(), 1)
}

/** Votes in two actions: chooses an option and presses the button. */
async function vote(page: Page, choice: string, name = 'Vote') {
  await page.getByLabel(choice, { exact: true }).check()
  await button(page, name)
  await eventuallyMatch(() => path(page), /#counted$/)
  const counted = page.getByRole('status').and(page.locator('#counted'))
  await eventuallyEqual(() => textOf(counted), `Your vote for ${choice} was counted.`)
}

/**
 * Waits until an open page shows this sentence, these rows and bars. Without JavaScript it uses the
 * link.
 */
async function watch(page: Page, isLive: boolean, sentence: string, rows: string[]) {
  if (!isLive) await link(page, 'Refresh')
  for (const name of rows) await page.getByRole('row', { name, exact: true }).waitFor()
  await eventuallyEqual(async () => (await result(page)).map(cells => cells.join(' ')), rows)
  await eventuallyEqual(
    () => bars(page),
    rows.map(row => `${/(\d+)%$/.exec(row)![1]}%`)
  )
  await eventuallyEqual(() => textOf(page.locator('[data-live=sentence]')), sentence)
  await eventuallyEqual(() => page.getByRole('link', { name: 'Refresh' }).isVisible(), !isLive)
}

const story = (isLive: boolean) => async (t: TestContext, engine: Engine) => {
  const chromium = await browser(t)
  const app = await build(t, engine, { server: { host: '127.0.0.1' } })
  const url = await listen(app)
  const open = () => openWindow(chromium, url, { javaScriptEnabled: isLive })
  const [teacher, ann, bob, late] = [await open(), await open(), await open(), await open()]

  // The teacher registers, creates a poll on one screen, and opens the page of the voters.
  const { page } = teacher
  await page.goto('/')
  await eventuallyEqual(() => path(page), '/login')
  await page.getByRole('heading', { name: 'Set up this site' }).waitFor()
  await page.goto('/register')
  await signUp(page, 'Olga')
  await link(page, 'New poll')
  await page.getByLabel('Question').fill('Where do we eat?')
  for (const [n, option] of ['Pizza', 'Sushi'].entries())
    await page.getByLabel(`Option ${n + 1}`).fill(option)
  await button(page, 'Create poll')
  const address = await page.getByLabel('Link for voters').inputValue()
  assert.ok(address.startsWith(`${url}/questions/`))
  await eventuallyMatch(() => main(page), /Voting is open\..*Share this link.*No votes yet\./s)
  await link(page, 'What voters see')
  await eventuallyEqual(() => page.url(), address)
  await eventuallyMatch(() => main(page), /No votes yet\./)

  // Two voters vote by the link while the other pages are open. One of them changes the vote.
  await arrive(ann.page, address)
  await arrive(bob.page, address)
  await vote(ann.page, 'Pizza')
  for (const looking of [page, bob.page])
    await watch(looking, isLive, 'Pizza leads with 1 of 1 vote.', ['Pizza 1 100%', 'Sushi 0 0%'])
  await vote(bob.page, 'Pizza')
  await watch(page, isLive, 'Pizza leads with 2 of 2 votes.', ['Pizza 2 100%', 'Sushi 0 0%'])
  await watch(ann.page, isLive, 'Pizza leads with 2 of 2 votes.', ['Pizza your vote 2 100%', 'Sushi 0 0%'])
  await link(bob.page, 'Change vote')
  await eventuallyEqual(() => bob.page.getByLabel('Pizza').isChecked(), true)
  await vote(bob.page, 'Sushi', 'Change vote')
  await eventuallyEqual(
    () => result(bob.page),
    [
      ['Pizza', '1', '50%'],
      ['Sushi your vote', '1', '50%']
    ]
  )
  await watch(page, isLive, 'Tie: Pizza and Sushi, 1 each of 2 votes.', ['Pizza 1 50%', 'Sushi 1 50%'])
  await watch(ann.page, isLive, 'Tie: Pizza and Sushi, 1 each of 2 votes.', [
    'Pizza your vote 1 50%',
    'Sushi 1 50%'
  ])

  // The teacher finds both votes under Manage, and votes too.
  await link(page, 'Manage poll')
  await eventuallyMatch(() => main(page), /1 each of 2 votes/)
  await link(page, 'What voters see')
  await vote(page, 'Sushi')
  const leads = 'Sushi leads with 2 of 3 votes.'
  await watch(ann.page, isLive, leads, ['Pizza your vote 1 33%', 'Sushi 2 67%'])
  await watch(bob.page, isLive, leads, ['Pizza 1 33%', 'Sushi your vote 2 67%'])

  // The poll closes: the open pages show it, no vote is possible, and every viewer sees the result.
  await link(bob.page, 'Change vote')
  await arrive(late.page, address)
  await link(page, 'Manage poll')
  await link(page, 'Close voting')
  await button(page, 'Close voting')
  await eventuallyMatch(() => main(page), /Voting is closed\..*of 3 votes\./s)
  for (const looking of isLive ? [ann.page, bob.page, late.page] : [ann.page]) {
    if (!isLive) await link(looking, 'Refresh')
    const closed = isLive
      ? looking.locator('[data-live=closed]').first()
      : looking.getByText('Voting is closed.')
    await closed.waitFor()
    await eventuallyMatch(() => main(looking), /Sushi won with 2 of 3 votes/)
  }
  for (const [{ page: refused }, name] of [
    [bob, 'Change vote'],
    [late, 'Vote']
  ] as const) {
    await refused.getByLabel('Pizza').check()
    if (isLive) {
      await eventuallyEqual(() => refused.locator('[data-live=send]').isDisabled(), true)
      continue
    }
    await button(refused, name)
    await eventuallyMatch(
      () => refused.getByRole('alert').innerText(),
      /Voting is closed\. Your vote was NOT counted/
    )
    await eventuallyMatch(() => main(refused), /You had chosen Pizza\./)
  }
  const stranger = await open()
  for (const looking of [ann.page, bob.page, late.page, stranger.page]) {
    await looking.goto(address)
    await eventuallyMatch(() => main(looking), /Voting is closed\./)
    await eventuallyMatch(() => main(looking), /Sushi won with 2 of 3 votes/)
    await eventuallyEqual(() => looking.getByRole('button', { name: /vote/i }).count(), 0)
  }
  await ann.page.goto('/questions')
  assert.doesNotMatch(await main(ann.page), /Where do we eat/)
  await page.goto('/')
  await eventuallyMatch(() => main(page), /Where do we eat\?\s+closed .*\s3 votes\s· not listed\s+Manage/)

  for (const { complaints } of [teacher, ann, bob, late, stranger])
    assert.deepEqual(
      complaints.filter(text => !/status of (409|422)/.test(text)),
      []
    )
  assert.deepEqual(await audit(app.db), [])
}

describe('e2e/story', () => {
  onEngines('from registration to a closed poll', story(true), shared)
  onEngines('from registration to a closed poll, without JavaScript', story(false), [embedded])

  test('the link of a members’ poll leads through registration back to the poll', async t => {
    const chromium = await browser(t)
    const app = await build(t, embedded)
    const { slug } = await ask(app, { audience: 'members' }, ['Pizza', 'Sushi'])
    const url = await listen(app)
    const { page } = await openWindow(chromium, url)
    await page.goto(`/questions/${slug}`)
    await link(page, 'Sign in to vote')
    await press(page.getByRole('main').getByRole('link', { name: 'Register', exact: true }))
    await signUp(page, 'Ann')
    await eventuallyEqual(() => page.url(), `${url}/questions/${slug}`, 'back at the poll')
    await vote(page, 'Pizza')
  })
})
