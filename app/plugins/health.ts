/**
 * `/health/live`: the process answers. `/health/ready`: its dependencies work and it is not
 * draining.
 */
import { setTimeout as delay } from 'node:timers/promises'
import fp from 'fastify-plugin'
import { z } from 'zod'

/** Time limit of each dependency. Shorter than the time limit of common probes. */
const PROBE_TIMEOUT_MS = 500

/** Returns whether `work` succeeds in time. Without work it is a success. */
const succeeds = (work: PromiseLike<unknown> | undefined) =>
  Promise.race([
    Promise.resolve(work).then(
      () => true,
      () => false
    ),
    delay(PROBE_TIMEOUT_MS, false)
  ])

declare module 'fastify' {
  interface FastifyInstance {
    /** Asks the database and Redis. `redis` is true where none is configured. */
    checkDependencies(): Promise<{ database: boolean; redis: boolean }>
  }
}

const Live = z.object({ live: z.literal(true) }).meta({ id: 'Live' })
const Ready = z
  .object({
    ready: z.boolean(),
    database: z.boolean(),
    redis: z.boolean(),
    leaving: z.literal(true).optional()
  })
  .meta({
    id: 'Ready',
    description: 'Whether each dependency works. `leaving`: the process is about to end.'
  })

export const health = fp(
  async app => {
    const live = {
      get: { summary: 'Check whether the process answers', guests: true, responses: { 200: Live } }
    }
    const ready = {
      get: {
        summary: 'Check whether the process can serve',
        guests: true,
        responses: { 200: Ready, 503: Ready }
      }
    }
    app.viewRoutes.push(
      { url: '/health/live', Class: { name: 'Live', schema: {}, operations: live } },
      { url: '/health/ready', Class: { name: 'Ready', schema: {}, operations: ready } }
    )
    app.decorate('checkDependencies', async () => {
      const [database, redis] = await Promise.all([
        succeeds(app.db.fetchone('SELECT 1 AS one')),
        succeeds(app.redis?.ping())
      ])
      return { database, redis }
    })
    app.get('/health/live', async (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ live: true })
    )
    app.get('/health/ready', async (_request, reply) => {
      const { database, redis } = await app.checkDependencies()
      const isDraining = app.isDraining()
      const ready = database && redis && !isDraining
      return reply
        .code(ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ ready, database, redis, ...(isDraining && { leaving: true }) })
    })
  },
  { name: 'health', fastify: '5.x', dependencies: ['database', 'redis', 'drain', 'views'] }
)
