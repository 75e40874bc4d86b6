/** The ports of a stack: what is said of one that another program has. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { checkPorts, hasIpv6 } from '../../app/ops/ports.ts'
import { freePort } from '../../app/ops/servers.ts'

/** Listens as a server of the system does, unless a server listens there already. */
async function occupy(t: TestContext, port: number, host = '0.0.0.0') {
  const server = createServer().listen({ port, host, ipv6Only: true })
  t.after(() => server.close())
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
  })
}

describe('ops/ports', () => {
  test('free ports are accepted; of one in use it is asked whether another stack runs', async t => {
    const [port, replica] = [await freePort(), await freePort()]
    const inUse = (one: number) => ({ message: `port ${one} is in use: is another stack running?` })
    await checkPorts(port, [replica])
    await occupy(t, replica)
    await assert.rejects(checkPorts(port, [replica]), inUse(replica))
    await occupy(t, port)
    await assert.rejects(checkPorts(port, []), inUse(port))
  })

  test('nginx needs its port in both families', { skip: !hasIpv6() }, async t => {
    const port = await freePort()
    await occupy(t, port, '::1')
    await assert.rejects(checkPorts(port, []), /in use/)
  })

  const isRoot = process.getuid?.() === 0
  test('port 80 in use: the service of the system, and what stops it', { skip: !isRoot }, async t => {
    await occupy(t, 80)
    await assert.rejects(checkPorts(80, []), /^Error: port 80 .* nginx, .*: systemctl disable --now nginx$/)
  })

  test('an error that is none of these is named', async () => {
    await assert.rejects(checkPorts(80_000, []))
  })
})
