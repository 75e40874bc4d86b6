/**
 * Real Chromium: the accessibility tree of pages (roles, names, states), the focus and the
 * announcements, compared with the transcripts in test/e2e/heard/. After an intended change run
 * `TEST_HEARD=write node test/run.ts test/e2e/heard.test.ts` and review the difference.
 */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { build } from '../support/app.ts'
import { browser, listen, openWindow, stopClock } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { button, link } from '../support/people.ts'
import { ask, change } from '../support/polls.ts'

const folder = join(import.meta.dirname, 'heard')

/** Runs in the page: records the announcements of its live regions. */
function listenIn() {
  const heard: string[] = []
  const hear = ({ target }: MutationRecord) => {
    const words = (target as Element).closest?.('[role=status]')?.textContent?.trim()
    if (words) heard.push(words)
  }
  addEventListener('DOMContentLoaded', () => {
    new MutationObserver(records => records.forEach(hear)).observe(document, {
      childList: true,
      subtree: true
    })
  })
  Object.assign(globalThis, { heard })
}

/** Records a page step by step. `slug`: the slug of the poll, which differs in each run. */
async function script(name: string, page: Page, slug: string) {
  const steps: string[] = []
  await page.addInitScript(listenIn)
  return {
    /** Adds the state of the page after the step `done`. */
    step: async (done: string) => {
      // Before its stream begins, and while it is paused, a page has one more link.
      const isPaused = (await page.locator('[data-live=pause][aria-pressed=true]').count()) > 0
      if (!isPaused) await page.locator('[data-live=refresh]').waitFor({ state: 'hidden' })
      const focused = page.locator('main :focus')
      const focus = (await focused.count()) > 0 ? await focused.ariaSnapshot() : '- the page'
      const said = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0))
      const lines = [
        `# ${done}`,
        `title: ${await page.title()}`,
        await page.locator('main').ariaSnapshot(),
        `focus: ${focus.split('\n')[0]!.replace(/^- |:$/g, '')}`,
        ...said.map(words => `announced: ${words}`)
      ]
      steps.push(
        lines
          .join('\n')
          .replace(/[\u2068\u2069]/g, '')
          .replaceAll(slug, 'SLUG')
      )
    },
    /** Compares the record with the file, or writes the file. */
    end: () => {
      const file = join(folder, `${name}.txt`)
      const heard = `${steps.join('\n\n')}\n`
      if (process.env.TEST_HEARD === 'write') writeFileSync(file, heard)
      assert.equal(heard, readFileSync(file, 'utf8'))
    }
  }
}

/** Opens a poll in the browser of a guest. */
async function open(t: TestContext, name: string) {
  const chromium = await browser(t)
  const app = await build(t, embedded)
  const poll = await ask(app, { question_text: 'Where to?' }, ['Sea', 'Hills'])
  const { page } = await openWindow(chromium, await listen(app))
  return { app, page, ...poll, ...(await script(name, page, poll.slug)) }
}

const focusOn = (page: Page, id: string) => page.waitForFunction(id => document.activeElement?.id === id, id)

describe('e2e/heard', () => {
  test('a screen reader gets the form, the choice, the count and the change of a vote', async t => {
    const { page, slug, step, end } = await open(t, 'voting')
    await page.goto(`/questions/${slug}`)
    await step('the page is opened')
    await page.getByLabel('Hills').check()
    await step('an option is chosen')
    await button(page, 'Vote')
    await focusOn(page, 'counted')
    await step('the vote is sent')
    await link(page, 'Change vote')
    await step('change is asked for')
    end()
  })

  test('a screen reader gets the errors: no option, a wrong password', async t => {
    const { page, slug, step, end } = await open(t, 'mistakes')
    await page.goto(`/questions/${slug}`)
    await button(page, 'Vote')
    await focusOn(page, 'mistakes')
    await step('a vote without an option is sent')
    await page.goto('/login?next=%2Faccount')
    await page.getByLabel('E-mail or phone').fill('nobody@example.org')
    await page.getByLabel('Password').fill('not the password')
    await button(page, 'Sign in')
    await focusOn(page, 'mistakes')
    await step('a user signs in with a wrong password')
    end()
  })

  test('live results are announced at most every ten seconds, and not while they are paused', async t => {
    const { app, page, id, slug, choices, step, end } = await open(t, 'live')
    let voters = 0
    const vote = (choice: number) =>
      app.ballots.cast({ question: id, voter: `u:${++voters}`, choices: [choices[choice]!] })
    const shows = (row: string) => page.getByRole('row', { name: row }).waitFor()
    await stopClock(page)
    await page.goto(`/questions/${slug}/results`)
    await page.getByRole('link', { name: 'Refresh' }).waitFor({ state: 'hidden' }) // connected
    await step('the page is opened')
    await vote(0)
    await shows('Sea 1 100%')
    await page.clock.runFor(1)
    await step('another client votes')
    await vote(1)
    await vote(1)
    await shows('Hills 2 67%')
    await page.clock.runFor(9_000)
    await step('two more vote within ten seconds')
    await page.clock.runFor(1_000)
    await step('the ten seconds are over')
    await page.locator('#result summary').click()
    await button(page, 'Pause live updates')
    await vote(0)
    await page.clock.runFor(60_000)
    await step('paused: another client votes, one minute passes')
    await button(page, 'Pause live updates')
    await shows('Sea 2 50%')
    await page.clock.runFor(10_000)
    await step('it goes on')
    await change(app, id, { closed_time: '2026-01-01 00:00:00' })
    await page.getByText('Voting has just closed.').first().waitFor()
    await page.clock.runFor(10_000)
    await step('voting closes')
    end()
  })
})
