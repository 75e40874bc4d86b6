/** The ports of a stack: what is said of one that another program has. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { checkPorts } from '../../app/ops/ports.ts'
import { freePort } from '../../app/ops/servers.ts'

/** Listens as a server of the system does, unless a server listens there already. */
async function occupy(t: TestContext, port: number) {
  const server = createServer().listen(port, '0.0.0.0')
  t.after(() => server.close())
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
  })
}

describe('ops/ports', () => {
  test('free ports are accepted; of one in use it is asked whether another stack runs', async t => {
    const port = await freePort()
    await checkPorts([port])
    await occupy(t, port)
    await assert.rejects(checkPorts([port]), { message: `port ${port} is in use: is another stack running?` })
  })

  const isRoot = process.getuid?.() === 0
  test('port 80 in use: the service of the system, and what stops it', { skip: !isRoot }, async t => {
    await occupy(t, 80)
    await assert.rejects(checkPorts([80]), /^Error: port 80 .* nginx, .*: systemctl disable --now nginx$/)
  })

  test('an error that is none of these is named', async () => {
    await assert.rejects(checkPorts([80_000]))
  })
})
