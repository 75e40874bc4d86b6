/** A real Chromium in front of a running application. */
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

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

/** TEST_CPU_THROTTLE=6 makes every page six times as slow: what a script fills in must be awaited, not read at once. */
const slowdown = Number(process.env.TEST_CPU_THROTTLE ?? 1)

/** Starts Debian's Chromium without a window: the shell takes half of the processor time that the whole browser does. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.TEST_CHROMIUM ?? '/usr/bin/chromium-headless-shell', args })

/** Starts the application at an address that a browser can open, and returns it. */
export async function listen(app: FastifyInstance): Promise<string> {
  return app.listen({ host: '127.0.0.1', port: await freePort() })
}

let shared: Promise<Browser> | undefined

after(async () => (await shared)?.close())

/** What can open a window: a browser, or a test's share of one. */
export type Windows = Pick<Browser, 'newContext'>

/**
 * Gives a test its share of the browser of this process. Its windows close when the test ends. Called before the
 * application is started, it also ends before the application does, so that no page sends requests any more.
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

/** Opens a window with a cookie jar of its own; `complaints` gets the errors and warnings on its console. */
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
