/** The deadline of a Redis command, against a real Redis. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { redis } from '../../app/config/stores.ts'
import { createRedis, type RedisClient, withDeadline } from '../../app/db/redis.ts'
import { redisSocket } from '../support/engines.ts'
import { gate } from '../support/gate.ts'

const settings = (given: object) => redis.parse(given)

const ready = (client: RedisClient) => new Promise(resolve => client.once('ready', resolve))

async function connect(t: TestContext) {
  const socketPath = await redisSocket()
  const client = createRedis(settings({ socketPath }))
  t.after(() => client.disconnect())
  await ready(client)
  return client
}

/** Blocks the event loop, as a long computation does. */
function block(milliseconds: number) {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

describe('db/redis', () => {
  test('a reply that arrived while the process was blocked wins over the deadline', async t => {
    const client = await connect(t)
    const reply = withDeadline(client.ping())
    await new Promise(setImmediate) // the command is on its way
    block(1_000)
    assert.equal(await reply, 'PONG')
  })

  test('a command without a reply is rejected, and its own error is passed on', async t => {
    const client = await connect(t)
    await assert.rejects(withDeadline(client.blpop('no-such-list', 5), 50), /timed out/)
    await assert.rejects(withDeadline(Promise.reject(new Error('refused'))), /refused/)
  })

  test('a server that dies silently is left after two seconds, for the one that has its address', async t => {
    const door = await gate(t, await redisSocket())
    const client = createRedis(settings({ socketPath: door.socketPath }))
    client.on('error', () => {})
    t.after(() => client.disconnect())
    await ready(client)
    door.hold()
    await assert.rejects(withDeadline(client.ping()), /timed out/)
    await ready(client)
    assert.equal(await withDeadline(client.ping()), 'PONG')
  })

  test('a client without a connection rejects commands at once', async t => {
    const client = createRedis(settings({ socketPath: '/nowhere.sock' }))
    client.on('error', () => {})
    t.after(() => client.disconnect())
    await assert.rejects(client.ping(), /isn't writeable/)
  })
})
