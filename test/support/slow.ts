/** A slow request: the application has read its headers and session and waits for its body. */
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Visitor } from './app.ts'

/** Begins a request. Resolves when the application waits for the body. `finish` sends the body. */
export async function begin(app: FastifyInstance, client: Visitor, url: string, body: unknown) {
  const reading = Promise.withResolvers<void>()
  const payload = new Readable({ read: () => reading.resolve() })
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  const cookies = Object.fromEntries(client.cookies)
  const answer = app.inject({ method: 'PUT', url, headers, cookies, payload })
  await Promise.race([reading.promise, answer])
  return {
    finish() {
      payload.push(JSON.stringify(body))
      payload.push(null)
      return answer
    }
  }
}
