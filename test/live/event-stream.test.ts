/** The event stream of one client over a real connection. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { EventStream } from '../../app/live/event-stream.ts'
import { open } from '../support/streams.ts'

describe('live/event-stream', () => {
  /** Opens a stream over a real connection. Returns it and the client's answer. */
  async function sending(t: TestContext, timeoutMs?: number) {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const asked = open(t, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const [, raw] = (await once(server, 'request')) as [unknown, ServerResponse]
    const stream = new EventStream(raw, timeoutMs)
    stream.send('begin\n')
    return { raw, stream, ...(await asked) }
  }

  test('a slow client gets only the newest event, and at most one event is buffered for it', async t => {
    const { raw, stream, answer } = await sending(t)
    const event = (n: number) => `${n} ${'x'.repeat(20_000)}\n`
    for (let n = 1; n <= 2_000; n++) stream.send(event(n))
    assert.ok(raw.writableLength < 200_000, `${raw.writableLength} bytes wait`)
    let text = ''
    for await (const chunk of answer) {
      text += String(chunk)
      if (text.endsWith(event(2_000))) break
    }
    const seen = [...text.matchAll(/^(\d+) x/gm)].map(([, n]) => Number(n))
    assert.ok(seen.length < 2_000, 'some were left out')
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b)
    )
  })

  test('a client that reads nothing is disconnected after the time limit', async t => {
    const [late, early] = [await sending(t, 0), await sending(t)]
    const gone = once(late.raw, 'close')
    for (const { stream } of [late, early]) {
      for (let n = 0; n < 2_000; n++) stream.send('x'.repeat(20_000))
      stream.heartbeat('event: heartbeat\ndata: 15000\n\n')
    }
    assert.equal(early.raw.destroyed, false)
    await gone
  })
})
