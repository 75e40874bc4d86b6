/** Names of webhooks: /etc/hosts, name servers that answer, and name servers that do not. */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { describe, test, type TestContext } from 'node:test'
import { AddressGuard } from '../../app/webhooks/guard.ts'
import { resolveName } from '../../app/webhooks/names.ts'
import { send } from '../../app/webhooks/sender.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { receiver } from '../support/receiver.ts'

const A = 1

/**
 * Starts a name server that answers the first question of a message with these addresses, or not at
 * all.
 */
async function nameServer(t: TestContext, answer: ((type: number) => number[]) | null) {
  const asked: number[] = []
  const socket = createSocket('udp4', (query, { port }) => {
    const end = query.indexOf(0, 12) + 5 // of the question: name, type, class
    const type = query.readUInt16BE(end - 4)
    asked.push(type)
    if (!answer) return
    const address = answer(type)
    const head = Buffer.from([query[0]!, query[1]!, 0x81, 0x80, 0, 1, 0, address.length && 1, 0, 0, 0, 0])
    const record = address.length ? [0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, address.length, ...address] : []
    socket.send(Buffer.concat([head, query.subarray(12, end), Buffer.from(record)]), port, '127.0.0.1')
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.after(() => socket.close())
  const resolver = new Resolver({ timeout: answer ? 30_000 : 500, tries: 1 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return { resolver, asked }
}

/** Look-ups in libuv's pool that have not ended. */
const pooled = () => process.getActiveResourcesInfo().filter(name => name.startsWith('GetAddrInfo'))

describe('webhooks/names', () => {
  test('a name of /etc/hosts has the address that stands there', async t => {
    const { resolver, asked } = await nameServer(t, null)
    const found = await resolveName('localhost', resolver)
    assert.ok(found.some(({ address, family }) => address === '127.0.0.1' && family === 4))
    assert.deepEqual(asked, [])
  })

  test('other names are asked of the name servers, and one kind of address is enough', async t => {
    const { resolver } = await nameServer(t, type => (type === A ? [93, 184, 216, 34] : []))
    assert.deepEqual(await resolveName('hooks.example', resolver), [{ address: '93.184.216.34', family: 4 }])
    const six = [0x26, 6, 0x28, 0, 2, 0x20, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    const { resolver: other } = await nameServer(t, type => (type === A ? [] : six))
    assert.deepEqual(await resolveName('hooks.example', other), [
      { address: '2606:2800:220:1::1', family: 6 }
    ])
    const { resolver: empty } = await nameServer(t, () => [])
    await assert.rejects(resolveName('hooks.example', empty), { code: 'ENODATA' })
  })

  test('names whose name server is silent end by themselves and occupy no thread', async t => {
    const { resolver, asked } = await nameServer(t, null)
    const guard = new AddressGuard(['127.0.0.0/8'], name => resolveName(name, resolver))
    const message = { body: '{}', headers: {} }
    /** The process is not ending. */
    const running = new AbortController().signal
    const silent = Array.from({ length: 20 }, (_, n) => `http://never${n}.example/`)
    const ended = Promise.allSettled(silent.map(url => send(url, message, guard, running)))
    const { url } = await receiver(t)
    assert.equal(await send(url, message, guard, running), 204, 'others are sent meanwhile')
    await eventuallyEqual(() => asked.length, 40)
    assert.deepEqual(pooled(), [])
    for (const result of await ended)
      assert.equal((result as PromiseRejectedResult).reason.cause.code, 'ETIMEOUT')
    assert.equal(asked.length, 40, 'each name server once for a name and a kind of address')
  })
})
