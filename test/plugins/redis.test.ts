/** app.redis: what ends the start. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import Fastify from 'fastify'
import { checkConfig } from '../../app/config/load.ts'
import { environment } from '../../app/config/programs.ts'
import { freePort, waitUntilReady } from '../../app/ops/servers.ts'
import { redis, RedisRefused } from '../../app/plugins/redis.ts'
import { atEnd } from '../support/at-end.ts'
import { scratch, secret } from '../support/engines.ts'

describe('plugins/redis', () => {
  test('a wrong password for a cluster ends the start', async t => {
    const folder = scratch(t)
    const socketPath = join(folder, 'redis.sock')
    const port = await freePort()
    const listening = ['--bind', '127.0.0.1', '--port', String(port), '--unixsocket', socketPath]
    const args = [
      ...listening,
      '--cluster-enabled',
      'yes',
      '--requirepass',
      'right',
      '--save',
      '',
      '--dir',
      folder
    ]
    const server = spawn('redis-server', args, { env: environment, stdio: 'ignore' })
    atEnd(t, () => server.kill('SIGKILL'))
    await waitUntilReady('redis-server', socketPath, server)
    for (const password of ['wrong', null]) {
      const { redis: config } = checkConfig({
        database: { engine: 'mysql', user: 'vote', database: 'vote' },
        redis: { cluster: [{ host: '127.0.0.1', port }], password },
        session: { secret }
      })
      const app = Fastify()
      await assert.rejects(async () => app.register(redis, { config }), RedisRefused)
      await app.close().catch(() => {}) // with the same error
    }
  })
})
