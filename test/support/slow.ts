/** A request that takes its time: its head was read, its session is known, its body has not come yet. */
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Visitor } from './app.ts'

/** Begins a request; resolves when the application waits for the body. `finish` sends it and answers the answer. */
export async function begin(app: FastifyInstance, somebody: Visitor, url: string, body: unknown) {
  const reading = Promise.withResolvers<void>()
  const payload = new Readable({ read: () => reading.resolve() })
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  const cookies = Object.fromEntries(somebody.cookies)
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
