/** The one place that builds Redis clients, and the deadline of a command. */
import { Cluster, Redis } from 'ioredis'
import type { Config } from '../config/load.ts'
import { tlsOptions } from './tls.ts'

/**
 * Time limit of a command. A frozen Redis delays a request by it; an unreachable one fails at once.
 */
const COMMAND_TIMEOUT_MS = 650
const CONNECT_TIMEOUT_MS = 1_000
/**
 * A connection on which a command has no answer for so long is given up: TCP alone notices after a
 * quarter of an hour that a machine has lost its power.
 */
const SOCKET_TIMEOUT_MS = 2_000
const MAX_RETRY_DELAY_MS = 1_000
/**
 * Time between two refreshes of a cluster's slot table. A frozen node sends no MOVED: until then,
 * commands for its slots go to it.
 */
const SLOTS_REFRESH_INTERVAL_MS = 1_000

/** One server, the primary that the sentinels name, or a cluster. */
export type RedisClient = Redis | Cluster

const retryDelayMs = (attempt: number) => Math.min(100 * attempt, MAX_RETRY_DELAY_MS)

/** Builds a client that fails fast: a command is refused at once while there is no connection. */
export function createRedis(config: NonNullable<Config['redis']>): RedisClient {
  const { host, port, socketPath, username, password, db, sentinels, cluster } = config
  const tls = tlsOptions('redis.tls', config.tls)
  const options = {
    ...(username !== null && { username }),
    ...(password !== null && { password }),
    ...(tls && { tls }),
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS
  }
  if (cluster.length > 0)
    return new Cluster(cluster, {
      redisOptions: options,
      enableOfflineQueue: false,
      enableAutoPipelining: true, // reads of one turn of the event loop are one message to each node
      clusterRetryStrategy: retryDelayMs,
      slotsRefreshInterval: SLOTS_REFRESH_INTERVAL_MS,
      // ioredis would connect to the resolved address, by whose name no certificate is made.
      ...(tls && { dnsLookup: (address, done) => done(null, address) })
    })
  return new Redis({
    ...options,
    ...(sentinels
      ? {
          sentinels: sentinels.addresses,
          name: sentinels.name,
          ...(tls && { sentinelTLS: tls, enableTLSForSentinelMode: true }),
          failoverDetector: true, // a frozen primary keeps its connections
          sentinelRetryStrategy: retryDelayMs,
          reconnectOnError: error => error.message.startsWith('READONLY') // the primary was demoted
        }
      : socketPath
        ? { path: socketPath }
        : { host, port }),
    db,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: retryDelayMs
  })
}

/** Opens a second client like this one. */
export const duplicate = (redis: RedisClient): RedisClient =>
  redis instanceof Cluster ? redis.duplicate() : redis.duplicate() // each has overloads of its own

/** Reads several keys; in a cluster they are on several nodes. */
export const getMany = (redis: RedisClient, keys: string[]): Promise<Array<string | null>> =>
  redis instanceof Cluster ? Promise.all(keys.map(key => redis.get(key))) : redis.mget(keys)

/** Tells whether another server takes over when the one that answers fails. */
export const hasReplicas = (redis: RedisClient): boolean =>
  redis instanceof Cluster || Boolean(redis.options.sentinels)

/** Returns the number of the database; a cluster has only the first. */
export const databaseNumber = (redis: RedisClient): number =>
  redis instanceof Cluster ? 0 : (redis.options.db ?? 0)

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
