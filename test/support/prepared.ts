/** A site that shows a browser answers that were made before. */
import { once } from 'node:events'
import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { freePort } from '../../app/ops/servers.ts'

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
