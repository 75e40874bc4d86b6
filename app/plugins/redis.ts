/** Decorates `app.redis`: a client that fails fast, or null where no Redis is configured. */
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { createRedis, type RedisClient } from '../db/redis.ts'

declare module 'fastify' {
  interface FastifyInstance {
    redis: RedisClient | null
  }
}

/**
 * Redis rejected the first connection: the password, the permissions or the number of the database
 * are wrong.
 */
export class RedisRefused extends Error {}

const REFUSAL = /WRONGPASS|NOAUTH|NOPERM|DB index is out of range|SELECT is not allowed/

/** Returns what Redis rejected the connection with; undefined if the error has another reason. */
function refusalOf(error: Error & { lastNodeError?: Error }): string | undefined {
  // A cluster gives up with an error of its own, which has that of a node.
  return [error.message, error.lastNodeError?.message].find(message => message && REFUSAL.test(message))
}

/** How long the boot waits for a Redis that does not answer. */
const BOOT_TIMEOUT_MS = 2_000

/**
 * Settles when the client is ready, with its first error, or after BOOT_TIMEOUT_MS. Throws
 * RedisRefused.
 */
async function connect(client: RedisClient): Promise<Error | null> {
  const { promise, resolve, reject } = Promise.withResolvers<Error | null>()
  client.once('ready', () => resolve(null))
  client.once('error', error => {
    const refusal = refusalOf(error)
    if (refusal === undefined) resolve(error)
    else reject(new RedisRefused(refusal))
  })
  setTimeout(resolve, BOOT_TIMEOUT_MS, null).unref()
  return promise
}

/** Logs the begin and the end of each outage once. */
function logOutages(app: FastifyInstance, client: RedisClient, firstError: Error | null) {
  let isDown = false
  const onError = (err: Error) => {
    if (!isDown) app.log.error({ err }, 'Redis does not answer')
    isDown = true
  }
  if (firstError) onError(firstError)
  client.on('error', onError)
  client.on('ready', () => {
    if (isDown) app.log.info('Redis answers again')
    isDown = false
  })
}

export const redis = fp<{ config: Config['redis'] }>(
  async (app, { config }) => {
    app.decorate('redis', null)
    if (!config) return
    const client = createRedis(config)
    app.redis = client
    app.addHook('onClose', async () => client.disconnect())
    // Without Redis the application runs and pauses sign-in. A wrong password aborts the boot.
    logOutages(app, client, await connect(client))
  },
  { name: 'redis', fastify: '5.x' }
)
