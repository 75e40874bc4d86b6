/**
 * Real Chromium: the bytes of a first visit of a poll, as they come over the wire from one process.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build } from '../support/app.ts'
import { browser, listen, openWindow } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { ask } from '../support/polls.ts'

/** A sentence with a number, as long as options are. */
const option = (_: unknown, n: number) => `Number ${n + 1}: ${'walk, swim or read '.slice(0, 8 + (n % 12))}`

/** Options, and the bytes of a first visit: DESIGN of the pages. */
const visits = [
  [10, 50_000],
  [50, 60_000]
] as const

describe('e2e/first-visit', () => {
  for (const [options, limit] of visits)
    test(`a first visit of a poll with ${options} options stays under ${limit / 1000} KB`, async t => {
      const chromium = await browser(t)
      const app = await build(t, embedded)
      const description = 'Each of us may choose. '.repeat(10)
      const { slug } = await ask(app, { description }, Array.from({ length: options }, option))
      const { page } = await openWindow(chromium, await listen(app))
      const session = await page.context().newCDPSession(page)
      await session.send('Network.enable')
      const sizes: number[] = []
      session.on('Network.loadingFinished', ({ encodedDataLength }) => sizes.push(encodedDataLength))
      await page.goto(`/questions/${slug}`, { waitUntil: 'networkidle' })
      const bytes = sizes.reduce((sum, size) => sum + size, 0)
      t.diagnostic(`${sizes.length} requests, ${bytes} bytes`)
      assert.ok(sizes.length >= 6, `${sizes.length} requests`)
      assert.ok(bytes < limit, `${bytes} bytes`)
    })
})
