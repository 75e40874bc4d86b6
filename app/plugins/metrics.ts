/** app.metrics: figures for Prometheus at `/metrics` on a port of their own, or null. */
import type { AddressInfo } from 'node:net'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import type { SettledBatch } from '../models/voting/batch-report.ts'
import { toAppError } from './errors.ts'

/** What other plugins report. Scrapes ask for everything else. */
interface Metrics {
  /** Counts a batch of votes. */
  batch(batch: SettledBatch): void
  /** Counts a look-up of a session. */
  session(milliseconds: number, isAnswered: boolean): void
  /** Stores how far a read replica is behind; null: unknown. */
  replicaLag(replica: string, seconds: number | null): void
  /** The port on which the metrics are served. */
  readonly port: number
}

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics | null
  }
}

const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5]
const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500]

/** Measures requests by route pattern, method and class of the status, and counts their errors. */
function observeRequests(app: FastifyInstance, registers: Registry[]) {
  const seconds = new Histogram({
    name: 'vote_http_request_seconds',
    help: 'Time from a request to the end of its answer; event streams are left out.',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers
  })
  const refused = new Counter({
    name: 'vote_ballots_refused_total',
    help: 'Votes and withdrawals that were not counted, by the symbolic name of the error.',
    labelNames: ['error'],
    registers
  })
  const limited = new Counter({
    name: 'vote_limited_total',
    help: 'Requests over a rate limit (429), by the symbolic name of the error.',
    labelNames: ['error'],
    registers
  })
  const count = (request: FastifyRequest, thrown: Error) => {
    const { key: error, statusCode } = toAppError(thrown)
    if (request.routeOptions.config.ballot !== undefined) refused.inc({ error })
    if (statusCode === 429) limited.inc({ error })
  }
  app.addHook('onError', (request, _reply, error, done) => {
    count(request, error)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    if (request.formError) count(request, request.formError)
    const isStream = String(reply.getHeader('content-type')).startsWith('text/event-stream')
    const status = `${Math.floor(reply.statusCode / 100)}xx`
    // The route pattern: a path can contain a token, and clients choose it.
    const labels = { route: request.routeOptions.url ?? 'none', method: request.method, status }
    if (!isStream) seconds.observe(labels, reply.elapsedTime / 1000)
    done()
  })
}

/** Creates the figures that scrapes ask the application for. */
function addGauges(app: FastifyInstance, registers: Registry[]) {
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read())
      }
    })
  gauge('vote_queue_operations', 'Votes that wait for a batch.', () => app.ballots.queued)
  gauge('vote_streams', 'Open event streams.', () => app.live.open)
  gauge('vote_draining', '1 while the process is about to end.', () => Number(app.isDraining()))
  // Scrapes read all figures at the same time: these two share a check of the database and Redis.
  let checking: ReturnType<typeof app.checkDependencies> | undefined
  const check = () =>
    (checking ??= app.checkDependencies().finally(() => {
      checking = undefined
    }))
  gauge('vote_database_up', '1 while the database answers.', async () => Number((await check()).database))
  gauge('vote_session_store_up', '1 while Redis, or the database in its place, answers.', async () => {
    const { database, redis } = await check()
    return Number(app.redis ? redis : database)
  })
}

function reportVotes(registers: Registry[]): Pick<Metrics, 'batch'> {
  const counted = new Counter({
    name: 'vote_ballots_counted_total',
    help: 'Votes stored, changed votes included.',
    registers
  })
  const size = new Histogram({
    name: 'vote_batch_operations',
    help: 'Operations in a batch.',
    buckets: BATCH_SIZES,
    registers
  })
  const seconds = new Histogram({
    name: 'vote_batch_seconds',
    help: 'Time from the begin of a transaction of votes to its COMMIT, with its retries.',
    buckets: SECONDS,
    registers
  })
  const retries = new Counter({
    name: 'vote_batch_retries_total',
    help: 'Attempts of a batch after its first.',
    registers
  })
  const failed = new Counter({
    name: 'vote_batch_failures_total',
    help: 'Batches that no attempt could store.',
    registers
  })
  return {
    batch(batch) {
      counted.inc(batch.counted)
      if (batch.operations > 0) size.observe(batch.operations)
      else failed.inc()
      seconds.observe(batch.milliseconds / 1000)
      retries.inc(batch.attempts - 1)
    }
  }
}

function reportStores(registers: Registry[]): Pick<Metrics, 'session' | 'replicaLag'> {
  const lookup = new Histogram({
    name: 'vote_session_lookup_seconds',
    help: 'Time of a look-up in the session store.',
    buckets: SECONDS,
    registers
  })
  const failed = new Counter({
    name: 'vote_session_lookup_failures_total',
    help: 'Look-ups that the session store did not answer: these clients were served as guests.',
    registers
  })
  const lag = new Gauge({
    name: 'vote_read_replica_lag_seconds',
    help: 'How far a read replica of the database is behind; NaN: unknown.',
    labelNames: ['replica'],
    registers
  })
  return {
    session(milliseconds, isAnswered) {
      lookup.observe(milliseconds / 1000)
      if (!isAnswered) failed.inc()
    },
    replicaLag: (replica, seconds) => lag.set({ replica }, seconds ?? NaN)
  }
}

/** Returns the port of the metrics; null: none. */
const portOf = ({ metrics: { port, portOffset }, server }: Pick<Config, 'metrics' | 'server'>) =>
  port ?? (portOffset === null ? null : server.port + portOffset)

export const metrics = fp<Pick<Config, 'metrics' | 'server'>>(
  async (app, config) => {
    const { host } = config.metrics
    const port = portOf(config)
    app.decorate('metrics', null)
    if (port === null) return
    const registry = new Registry()
    const registers = [registry]
    collectDefaultMetrics({ register: registry })
    observeRequests(app, registers)
    addGauges(app, registers)

    // A server of its own: no request that comes through the proxy can reach it.
    const server = Fastify()
    server.get('/metrics', async (_request, reply) =>
      reply.type(registry.contentType).send(await registry.metrics())
    )
    app.metrics = {
      ...reportVotes(registers),
      ...reportStores(registers),
      get port() {
        return (server.server.address() as AddressInfo).port // a TCP server has no other kind of address
      }
    }
    app.addHook('onReady', async () => {
      app.log.info({ address: await server.listen({ host, port }) }, 'serving metrics')
    })
    app.addHook('onClose', () => server.close())
  },
  { name: 'metrics', fastify: '5.x' }
)
