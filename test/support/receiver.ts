/** A receiver of webhooks: an HTTP server that records what it is sent. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

export interface Received {
  path: string
  headers: Record<string, string>
  body: string
}

type Answer = (answer: ServerResponse, received: Received) => void

/** Starts a receiver on a free port. `respond` answers; without it each message gets 204. */
export async function receiver(t: TestContext, respond: Answer = answer => answer.writeHead(204).end()) {
  const received: Received[] = []
  const server = createServer((request: IncomingMessage, answer) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers as Record<string, string>, body }
      received.push(one)
      respond(answer, one)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/hook`, received }
}

/** A configuration in which webhooks may reach this machine. */
export const reachesLoopback = { webhooks: { allowedNetworks: ['127.0.0.0/8'] } }
