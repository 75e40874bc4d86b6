/** app.redis: a client that fails fast; null where none is configured. */
import fp from 'fastify-plugin'
import { Redis } from 'ioredis'
import type { Config } from '../config.ts'

declare module 'fastify' {
  interface FastifyInstance {
    redis: Redis | null
  }
}

export const redis = fp<{ config: Config['redis'] }>(
  async (app, { config }) => {
    app.decorate('redis', null)
    if (!config) return
    const { host, port, socketPath, password, db } = config
    const client = new Redis({
      ...(socketPath ? { path: socketPath } : { host, port }),
      ...(password !== null && { password }),
      db,
      enableAutoPipelining: true, // what parallel requests ask in one turn goes in one write
      // A request never waits for Redis to come back: at once when it is dead, half a second when it is frozen.
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      commandTimeout: 500,
      connectTimeout: 1_000,
      retryStrategy: times => Math.min(100 * times, 1_000)
    })
    let silent = false
    client.on('error', err => {
      if (!silent) app.log.error({ err }, 'Redis does not answer')
      silent = true
    })
    client.on('ready', () => {
      if (silent) app.log.info('Redis answers again')
      silent = false
    })
    app.redis = client
    app.addHook('onClose', async () => client.disconnect())
    await new Promise<void>(resolve => {
      client.once('ready', resolve)
      client.once('error', () => resolve()) // the application runs without: sign-in is paused until it is back
    })
  },
  { name: 'redis', fastify: '5.x' }
)
