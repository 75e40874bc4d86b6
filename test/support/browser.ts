/** Opens windows of a real Chromium. */
import { after, type TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page
} from 'playwright-core'
import { freePort } from '../../app/ops/servers.ts'
import type { Visitor } from './app.ts'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

/** TEST_CPU_THROTTLE=6 slows every page down sixfold, to find tests that do not await a script. */
const slowdown = Number(process.env.TEST_CPU_THROTTLE ?? 1)

/** Starts Debian's headless shell, which uses half of the CPU time of the whole browser. */
export const launch = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.TEST_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: [...args, ...more]
  })

/** Starts to listen and returns the URL for a browser. */
export async function listen(app: FastifyInstance): Promise<string> {
  return app.listen({ host: '127.0.0.1', port: await freePort() })
}

let shared: Promise<Browser> | undefined

after(async () => (await shared)?.close())

/** Opens windows: a browser, or a test's part of a shared one. */
export type Windows = Pick<Browser, 'newContext'>

/**
 * Returns the shared browser of this process for a test. The test's windows close when it ends.
 * Call it before the application starts: then the windows close before the application does.
 */
export async function browser(t: TestContext): Promise<Windows> {
  const running = await (shared ??= launch())
  const contexts: BrowserContext[] = []
  t.after(() => Promise.all(contexts.map(context => context.close())))
  return {
    async newContext(options) {
      const context = await running.newContext(options)
      contexts.push(context)
      return context
    }
  }
}

/**
 * Opens a window with its own cookies. `complaints` collects errors and warnings of its console.
 */
export async function openWindow(from: Windows, baseURL: string, options: BrowserContextOptions = {}) {
  const context = await from.newContext({ baseURL, locale: 'en-GB', ...options })
  const page: Page = await context.newPage()
  if (slowdown > 1) {
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  }
  const complaints: string[] = []
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
  return { page, complaints }
}

/** Takes what the console said since the last call, except the refusals of pages. */
export const faultsIn = (complaints: string[]): string[] =>
  complaints.splice(0).filter(text => !/status of [45]/.test(text))

/** Gives the window the cookies of this client. */
export async function become(page: Page, { cookies }: Pick<Visitor, 'cookies'>, url: string) {
  const named = [...cookies].map(([name, value]) => ({ name, value: encodeURIComponent(value), url }))
  await page.context().addCookies(named)
}

/**
 * Awaits the first event of a page's stream: then the link for browsers without script is hidden.
 */
export const follows = (page: Page) => page.locator('[data-live=refresh]').waitFor({ state: 'hidden' })

/**
 * Stops the clock of the pages that a window opens from now on: only `clock.runFor` moves it on.
 */
export async function stopClock({ clock }: Page) {
  await clock.install({ time: '2026-01-01T12:00:00Z' })
  await clock.pauseAt('2026-01-01T12:00:01Z')
}
