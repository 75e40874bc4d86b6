/** A site that shows a browser answers that were made before. */
import { once } from 'node:events'
import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import { freePort } from '../../app/ops/servers.ts'
import type { Shown } from './every-page.ts'

/** An answer for the next request for this address. */
interface Prepared {
  url: string
  answer: { statusCode: number; headers: OutgoingHttpHeaders; body: string }
}

/**
 * Listens, and answers a request for the address of the page that is prepared with that page, once;
 * all others are the application's. Without routes of Playwright, under which a browser caches no
 * script and no style sheet.
 */
export async function listenPrepared(t: TestContext, app: FastifyInstance) {
  let next: Prepared | undefined
  const server = createServer((request, response) => {
    if (!next || request.url !== next.url) return app.routing(request, response)
    const { statusCode, headers, body } = next.answer
    const { 'set-cookie': _, refresh: _later, ...told } = headers
    next = undefined
    response.writeHead(statusCode, told).end(body)
  })
  await app.ready()
  const port = await freePort()
  await once(server.listen(port, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    url: `http://127.0.0.1:${port}`,
    prepare: (answer: Prepared) => {
      next = answer
    }
  }
}

type Site = Awaited<ReturnType<typeof listenPrepared>>

/**
 * Shows a page with its cookies and opens everything that can be unfolded. Returns its language and
 * direction.
 */
export async function openPrepared(page: Page, { url: site, prepare }: Site, shown: Omit<Shown, 'what'>) {
  prepare(shown)
  await page.context().clearCookies()
  await page.context().addCookies([...shown.cookies].map(([name, value]) => ({ name, value, url: site })))
  await page.goto(shown.url)
  return page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true
    return { lang: document.documentElement.lang, direction: getComputedStyle(document.body).direction }
  })
}
