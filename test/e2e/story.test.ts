/** Real Chromium, one story from registration to a closed poll: an organiser, and two voters with browsers of their own. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { audit } from '../../app/models/audit.ts'
import { build } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded, type Engine, mariadb, onEngines } from '../support/engines.ts'
import { button, link, path, result, signUp } from '../support/people.ts'

/** A voter opens the link, and comes to the form. */
async function arrive(page: Page, address: string, name: string) {
  await page.goto(address)
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Where do we eat?')
  await button(page, 'Log in to vote')
  await page.getByRole('main').getByRole('link', { name: 'Register' }).click()
  await signUp(page, name)
  assert.equal(page.url(), address, 'back at the poll')
}

async function vote(page: Page, choice: string) {
  await page.getByLabel(choice, { exact: true }).check()
  await button(page, 'Vote')
  assert.match(path(page), /#counted$/)
  assert.equal((await page.getByRole('status').innerText()).trim(), `Your vote for ${choice} was counted.`)
}

const story = (javaScriptEnabled: boolean) => async (t: Parameters<typeof build>[0], engine: Engine) => {
  const app = await build(t, engine, { server: { host: '127.0.0.1' } })
  const url = await listen(app)
  const chromium = await browser(t)
  const open = () => openWindow(chromium, url, { javaScriptEnabled })
  const [organiser, ann, bob] = [await open(), await open(), await open()]

  // The organiser registers, and makes a poll on one screen.
  const { page } = organiser
  await page.goto('/')
  assert.equal(path(page), '/login')
  await page.getByRole('main').getByRole('link', { name: 'Register' }).click()
  await signUp(page, 'Olga')
  await button(page, 'New poll')
  await page.getByLabel('Question').fill('Where do we eat?')
  for (const [n, option] of ['Pizza', 'Sushi'].entries())
    await page.getByLabel(`Option ${n + 1}`).fill(option)
  await button(page, 'Create poll')
  const address = await page.getByLabel('Link for voters').inputValue()
  assert.ok(address.startsWith(`${url}/questions/`))
  assert.match(await page.getByRole('main').innerText(), /Voting is open\. No votes yet\. Share the link\./)

  // Two voters follow the link, each in a browser of their own, and vote; one of them changes it.
  await arrive(ann.page, address, 'Ann')
  await vote(ann.page, 'Pizza')
  await arrive(bob.page, address, 'Bob')
  await vote(bob.page, 'Pizza')
  await link(bob.page, 'Change vote')
  await bob.page.getByLabel('Sushi').check()
  await button(bob.page, 'Change vote')
  assert.deepEqual(await result(bob.page), [
    ['Pizza', '1', '50 %'],
    ['Sushi (your vote)', '1', '50 %']
  ])

  // The organiser sees both and votes too; whoever looks again sees that.
  await page.reload()
  assert.match(await page.getByRole('main').innerText(), /2 votes so far/)
  await link(page, 'What voters see')
  await vote(page, 'Sushi')
  await ann.page.reload()
  assert.deepEqual(await result(ann.page), [
    ['Pizza (your vote)', '1', '33 %'],
    ['Sushi', '2', '67 %']
  ])

  // Closing: from then on nobody votes, and everybody sees the result.
  await bob.page.goto(`${address}/vote`)
  await link(page, 'Manage poll')
  await link(page, 'Close voting')
  await button(page, 'Close voting')
  assert.match(await page.getByRole('main').innerText(), /Voting is closed\..* 3 votes so far\./s)
  await bob.page.getByLabel('Pizza').check()
  await button(bob.page, 'Change vote')
  assert.match(await bob.page.getByRole('alert').innerText(), /Voting is closed\. Your vote was NOT counted/)
  const stranger = await open()
  for (const looking of [ann.page, bob.page, stranger.page]) {
    await looking.goto(address)
    assert.match(await looking.getByRole('main').innerText(), /Sushi won with 2 of 3 votes/)
    assert.equal(await looking.getByRole('button', { name: /vote/i }).count(), 0)
  }
  await ann.page.goto('/')
  assert.doesNotMatch(await ann.page.getByRole('main').innerText(), /Where do we eat/)
  await page.goto('/')
  assert.match(
    await page.getByRole('main').innerText(),
    /Where do we eat\?\s+closed .* · 3 votes · not listed · Manage/
  )

  for (const { complaints } of [organiser, ann, bob, stranger])
    assert.deepEqual(
      complaints.filter(text => !/status of (409|422)/.test(text)),
      []
    )
  assert.deepEqual(await audit(app.db), [])
}

onEngines('from registration to a closed poll', story(true), [embedded, mariadb])
onEngines('from registration to a closed poll, without JavaScript', story(false), [embedded, mariadb])
