/** The one place that builds Redis clients, and the deadline of a command. */
import { Redis } from 'ioredis'
import type { Config } from '../config/load.ts'

/** A frozen Redis delays a request by this long; a dead one does not delay it. */
const COMMAND_TIMEOUT_MS = 650
const CONNECT_TIMEOUT_MS = 1_000
const MAX_RETRY_DELAY_MS = 1_000

/** Builds a client that fails fast: a command is refused at once while there is no connection. */
export function createRedis({ host, port, socketPath, password, db }: NonNullable<Config['redis']>): Redis {
  return new Redis({
    ...(socketPath ? { path: socketPath } : { host, port }),
    ...(password !== null && { password }),
    db,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: attempt => Math.min(100 * attempt, MAX_RETRY_DELAY_MS)
  })
}

/**
 * Rejects when `reply` takes longer than `timeoutMs`. The rejection waits for one turn of the event
 * loop, so that a reply which is already in the socket buffer wins if this process was blocked.
 * ioredis's own `commandTimeout` does not wait.
 */
export function withDeadline<T>(reply: Promise<T>, timeoutMs = COMMAND_TIMEOUT_MS): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const timer = setTimeout(() => setImmediate(reject, new Error('Redis command timed out')), timeoutMs)
  const settle = (finish: () => void) => {
    clearTimeout(timer)
    finish()
  }
  reply.then(
    value => settle(() => resolve(value)),
    error => settle(() => reject(error))
  )
  return promise
}
