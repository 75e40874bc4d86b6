/** A real Chromium that looks at a running application. */
import type { TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
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

/** Debian's Chromium without a window: the shell takes half of the processor time that the whole browser does. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.TEST_CHROMIUM ?? '/usr/bin/chromium-headless-shell', args })

/** The application under an address that a browser can open. */
export async function listen(app: FastifyInstance): Promise<string> {
  const port = await freePort()
  const { server } = app
  const close = server.close.bind(server)
  // Chromium opens connections ahead, and one that never sent a request would hold the end of a test for a minute.
  server.close = done => {
    close(done)
    server.closeAllConnections()
    return server
  }
  await app.listen({ host: '127.0.0.1', port })
  return `http://127.0.0.1:${port}`
}

/** A browser for one test, which ends with it. Opened before the application, it also ends before it: no page asks on. */
export async function browser(t: TestContext): Promise<Browser> {
  const opened = await launch()
  t.after(() => opened.close())
  return opened
}

/** A window with a cookie jar of its own, and what it complained about. */
export async function openWindow(from: Browser, baseURL: string, options: BrowserContextOptions = {}) {
  const context = await from.newContext({ baseURL, locale: 'en-GB', ...options })
  const page: Page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
  return { page, complaints }
}
