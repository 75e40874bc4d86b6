/** Sending one message: limits, redirects, signatures. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { Webhook } from 'standardwebhooks'
import en, { type Catalogue } from '../../app/i18n/locales/en.ts'
import zhHans from '../../app/i18n/locales/zh-hans.ts'
import type { Delivery } from '../../app/models/webhooks/deliveries.ts'
import { AddressGuard } from '../../app/webhooks/guard.ts'
import { messageOf } from '../../app/webhooks/message.ts'
import { send } from '../../app/webhooks/sender.ts'
import { scratch } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { receiver } from '../support/receiver.ts'

/** The process is not ending. */
const running = new AbortController().signal
const guard = new AddressGuard(['127.0.0.0/8'])
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const data = { question_text: 'A & <b> @all?', link: 'https://polls.example/questions/x' }

const delivery = (format: Delivery['format'] = 'standard'): Delivery => ({
  id: 5,
  webhook_id: 1,
  user_id: 1,
  type: 'poll.closed',
  payload: JSON.stringify({ type: 'poll.closed', timestamp: '2026-01-01T00:00:00Z', data }),
  attempt: 1,
  url: '',
  format,
  secret,
  locale: null
})

/**
 * Starts a server with TLS whose certificate no authority has signed. Returns its URL and what it
 * was sent.
 */
async function selfSigned(t: TestContext) {
  const folder = scratch(t)
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem']
  execFileSync('openssl', ['req', '-x509', ...key, '-out', 'cert.pem', ...names], {
    cwd: folder,
    stdio: 'ignore'
  })
  const [privateKey, cert] = ['key.pem', 'cert.pem'].map(name => readFileSync(join(folder, name)))
  let requests = 0
  const server = createServer({ key: privateKey, cert }, (_request, answer) => {
    requests++
    answer.writeHead(204).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close())
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    requests: () => requests
  }
}

describe('webhooks/sender', () => {
  test('the package of the standard verifies the signature, and refuses a changed body', async t => {
    const { url, received } = await receiver(t)
    assert.equal(await send(url, messageOf(delivery(), en), guard, running), 204)
    const [{ body, headers }] = received as [(typeof received)[0]]
    const verified = new Webhook(secret).verify(body, headers) as { type: string }
    assert.equal(verified.type, 'poll.closed')
    assert.throws(() => new Webhook(secret).verify(body.replace('closed', 'opened'), headers))
    assert.throws(() => new Webhook(`whsec_${Buffer.alloc(32, 8).toString('base64')}`).verify(body, headers))
    assert.equal(
      messageOf(delivery(), en).headers['webhook-id'],
      messageOf(delivery(), en).headers['webhook-id']
    )
  })

  test('the bodies are those of each receiver, and call nobody', () => {
    const said = '“\u2068A & <b> @\u200ball?\u2069” is closed: https://polls.example/questions/x'
    const json = (format: Delivery['format']) => JSON.parse(messageOf(delivery(format), en).body) as object
    assert.deepEqual(json('slack'), { text: said.replace('&', '&amp;').replace('<b>', '&lt;b&gt;') })
    assert.deepEqual(json('mattermost'), { text: said })
    assert.deepEqual(json('matrix'), { text: said })
    assert.deepEqual(json('discord'), { content: said, allowed_mentions: { parse: [] } })
    const ntfy = messageOf(delivery('ntfy'), en)
    assert.deepEqual([ntfy.body, ntfy.headers['content-type']], [said, 'text/plain; charset=utf-8'])
  })

  test('messages for chats are in the language of the owner, else in that of the site', () => {
    const textOf = (locale: string | null, fallback: Catalogue = en) =>
      (JSON.parse(messageOf({ ...delivery('mattermost'), locale }, fallback).body) as { text: string }).text
    const chinese = '“\u2068A & <b> @\u200ball?\u2069”已结束：https://polls.example/questions/x'
    assert.equal(textOf('zh-Hans'), chinese)
    assert.equal(textOf(null, zhHans), chinese)
    assert.match(textOf('en-GB', zhHans), /is closed/)
  })

  test('a redirect is not followed', async t => {
    const target = await receiver(t)
    const { url } = await receiver(t, answer => answer.writeHead(307, { location: target.url }).end())
    assert.equal(await send(url, messageOf(delivery(), en), guard, running), 307)
    assert.deepEqual(target.received, [])
  })

  test('a receiver whose TLS is not in order is sent nothing', async t => {
    const { url, requests } = await selfSigned(t)
    await assert.rejects(send(url, messageOf(delivery(), en), guard, running), /self-signed certificate/)
    assert.equal(requests(), 0)
    const plain = await receiver(t)
    const asTls = plain.url.replace('http:', 'https:')
    await assert.rejects(send(asTls, messageOf(delivery(), en), guard, running), /SSL|TLS|wrong version/i)
    await assert.rejects(send(url.replace('https:', 'http:'), messageOf(delivery(), en), guard, running))
    assert.deepEqual(plain.received, [])
  })

  test('a receiver that changes the protocol instead of answering fails', async t => {
    // The sender closes the connection. Its promise must have settled before the receiver sees
    // that.
    const { promise: isClosed, resolve: close } = Promise.withResolvers<string>()
    const { url } = await receiver(t, answer => {
      answer.socket!.once('close', () => close('still waiting'))
      answer.writeHead(101, { connection: 'Upgrade', upgrade: 'x' }).flushHeaders()
    })
    const sent = send(url, messageOf(delivery(), en), guard, running).catch((error: Error) => error.message)
    assert.equal(await Promise.race([sent, isClosed]), 'connection closed without an answer')
  })

  test('an endless answer is cut after 16 KB', async t => {
    const { promise: isCut, resolve: cut } = Promise.withResolvers<void>()
    const { url } = await receiver(t, answer => {
      answer.writeHead(200)
      const timer = setInterval(() => answer.write(Buffer.alloc(8_192)), 1)
      answer.on('close', () => {
        cut()
        clearInterval(timer)
      })
    })
    assert.equal(await send(url, messageOf(delivery(), en), guard, running), 200)
    await isCut
  })

  test('the end of the process ends a message whose answer is awaited', async t => {
    const { url, received } = await receiver(t, () => {})
    const closing = new AbortController()
    const cause = new Error('the process ends') // and not the time limit
    const ended = assert.rejects(send(url, messageOf(delivery(), en), guard, closing.signal), { cause })
    await eventuallyEqual(() => received.length, 1)
    closing.abort(cause)
    await ended
  })

  test('a receiver that never answers, or answers byte by byte, is given up after 5 seconds', async t => {
    const silent = await receiver(t, () => {})
    const slow = await receiver(t, answer => {
      answer.writeHead(200)
      const timer = setInterval(() => answer.write('x'), 100)
      answer.on('close', () => clearInterval(timer))
    })
    const startedAt = performance.now()
    await Promise.all(
      [silent, slow].map(({ url }) => assert.rejects(send(url, messageOf(delivery(), en), guard, running)))
    )
    assert.ok(performance.now() - startedAt >= 4_900)
  })
})
