/** `server.host: localhost`: both loopback addresses are the same server, with the same limits. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, test, type TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { GUEST } from '../../app/models/polls/admission.ts'
import { build } from '../support/app.ts'
import { embedded } from '../support/engines.ts'

const addresses = ['127.0.0.1', '::1']

async function listening(t: TestContext) {
  const app = await build(t, embedded, { server: { host: 'localhost' }, log: { level: 'silent' } })
  await app.listen({ host: 'localhost', port: 0 })
  return app
}

/** Sends bytes to this address and returns all received bytes until the connection closes. */
async function send(app: FastifyInstance, host: string, bytes: string) {
  const socket = connect({ host, port: (app.server.address() as { port: number }).port })
  socket.write(bytes)
  return text(socket)
}

const get = (path: string, headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`

describe('plugins/loopback', () => {
  test('each loopback address answers from the guest cache, with the security headers', async t => {
    const app = await listening(t)
    const current = await app.questions.get(1, GUEST)
    app.questions.isCurrent = () => true // it would no longer be current after 250 ms
    app.questions.get = async () => current
    const answers = [await send(app, '127.0.0.1', get('/question/1/choice'))]
    app.questions.get = app.questions.getFacts = async () => assert.fail('looked up again')
    for (const address of addresses) answers.push(await send(app, address, get('/question/1/choice')))
    for (const answer of answers) assert.match(answer, /^HTTP\/1.1 200 [^]*nosniff[^]*choice_text/)
  })

  test('an unknown Expect and malformed requests get our answer on each loopback address', async t => {
    const app = await listening(t)
    for (const address of addresses) {
      const expected = await send(app, address, get('/hello', 'Expect: the-unexpected\r\n'))
      assert.match(expected, /^HTTP\/1.1 200 [^]*nosniff/, address)
      assert.match(await send(app, address, 'hello\r\n\r\n'), /^HTTP\/1.1 400 [^]*nosniff/, address)
    }
    assert.equal(app.server.keepAliveTimeout, 0)
  })

  test('a request in flight on each loopback address is answered before the app has closed', async t => {
    const app = await listening(t)
    const { port } = app.server.address() as { port: number }
    const body = JSON.stringify({ account: 'x' })
    const sockets = addresses.map(host => connect({ host, port }))
    for (const socket of sockets) {
      socket.write(
        `POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`
      )
      await once(socket, 'data') // 100: the request has been routed
    }
    const answers = sockets.map(socket => text(socket))
    const closed = app.close()
    while (app.server.listening) await new Promise(setImmediate)
    for (const address of addresses) {
      await assert.rejects(
        send(app, address, get('/hello')).catch(() => Promise.reject(new Error('refused')))
      )
    }
    for (const socket of sockets) socket.write(body)
    for (const answer of await Promise.all(answers)) {
      assert.match(answer, /HTTP\/1.1 422 [^]*connection: close/i)
    }
    await closed
  })
})
