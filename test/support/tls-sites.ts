/** Sites under https, for browsers that resolve every name to this computer. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request as ask, type RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { TestContext } from 'node:test'
import { certificates } from './certificates.ts'

/** Serves a site on a port of 127.0.0.1 until the test ends. */
export async function serveTls(t: TestContext, port: number, listener: RequestListener): Promise<void> {
  const { path } = certificates(t)
  const [key, cert] = [readFileSync(path('server.key')), readFileSync(path('server.pem'))]
  const server = createServer({ key, cert }, listener)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
}

/**
 * Passes requests on to an application. `losesCookie`: addresses whose cookies no browser gets to
 * store.
 */
export const passTo =
  (upstream: string, losesCookie?: RegExp): RequestListener =>
  (request, answer) => {
    const { method, headers, url = '/' } = request
    const passed = ask(new URL(url, upstream), { method, headers }, got => {
      if (losesCookie?.test(url)) delete got.headers['set-cookie']
      answer.writeHead(got.statusCode ?? 502, got.headers)
      got.pipe(answer)
    })
    passed.on('error', () => answer.destroy())
    request.pipe(passed)
  }
