/** app.redis: a client that fails fast; null where none is configured. */
import fp from 'fastify-plugin'
import { Redis } from 'ioredis'
import type { Config } from '../config/load.ts'

declare module 'fastify' {
  interface FastifyInstance {
    redis: Redis | null
  }
}

/** Redis is there and turns us away. */
export class RedisRefused extends Error {}

const isRefusal = ({ message }: Error) => /WRONGPASS|NOAUTH|NOPERM/.test(message)

/** Gives a late command up only after what has arrived was read: it may be this process that had no time. */
class PatientRedis extends Redis {
  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>) {
    command.setTimeout = milliseconds => {
      const giveUp = () => command.isSettled || command.reject(new Error('Command timed out'))
      const timer = setTimeout(() => setImmediate(giveUp), milliseconds)
      const settled = () => clearTimeout(timer)
      command.promise.then(settled, settled)
    }
    return super.sendCommand(command, stream)
  }
}

/** How long the start waits for a Redis that neither answers nor refuses. */
const patience = 2_000

export const redis = fp<{ config: Config['redis'] }>(
  async (app, { config }) => {
    app.decorate('redis', null)
    if (!config) return
    const { host, port, socketPath, password, db } = config
    const client = new PatientRedis({
      ...(socketPath ? { path: socketPath } : { host, port }),
      ...(password !== null && { password }),
      db,
      // A request never waits for Redis to come back: at once when it is dead, two thirds of a second when it is frozen.
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      commandTimeout: 650,
      connectTimeout: 1_000,
      retryStrategy: times => Math.min(100 * times, 1_000)
    })
    let silent = false
    let started = false
    client.on('error', err => {
      // Turned away at the start, the start says so itself.
      if (!silent && (started || !isRefusal(err))) app.log.error({ err }, 'Redis does not answer')
      silent = true
    })
    client.on('ready', () => {
      if (silent) app.log.info('Redis answers again')
      silent = false
    })
    app.redis = client
    app.addHook('onClose', async () => client.disconnect())
    // Without it the application runs, with sign-in paused until it is there. A wrong password is no such case.
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve)
      client.once('error', error => {
        if (!isRefusal(error)) return resolve()
        client.disconnect()
        reject(new RedisRefused(error.message))
      })
      setTimeout(resolve, patience).unref()
    })
    started = true
  },
  { name: 'redis', fastify: '5.x' }
)
