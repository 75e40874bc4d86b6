/** /health/live: the process answers. /health/ready: it can do its work, and is not about to end. Neither needs sessions. */
import { setTimeout as delay } from 'node:timers/promises'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** From now on not ready, and every connection ends with its next answer; the app still serves. */
    leave: () => void
    isLeaving: () => boolean
  }
}

/** How long each part may take to answer, so that asking is quicker than what asks us. */
const patience = 500

const answers = (work: PromiseLike<unknown> | undefined) =>
  Promise.race([
    Promise.resolve(work).then(
      () => true,
      () => false
    ),
    delay(patience, false)
  ])

export const health = fp(
  async app => {
    let leaving = false
    app.decorate('leave', () => {
      leaving = true
    })
    app.decorate('isLeaving', () => leaving)
    // What is in front opens its next connection elsewhere, instead of sending a request into one that closes.
    app.addHook('onSend', (_request, reply, _payload, done) => {
      if (leaving) reply.header('connection', 'close')
      done()
    })
    app.get('/health/live', async (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ live: true })
    )
    app.get('/health/ready', async (_request, reply) => {
      const [database, redis] = await Promise.all([
        answers(app.db.fetchone('SELECT 1 AS one')),
        answers(app.redis?.ping())
      ])
      const ready = database && redis && !leaving
      return reply
        .code(ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ ready, database, redis, ...(leaving && { leaving }) })
    })
    // Closing in the phase after the one that accepts: a connection accepted by the kernel alone would be reset.
    app.addHook('preClose', () => {
      app.leave()
      return new Promise<void>(resolve => setImmediate(resolve))
    })
  },
  { name: 'health', fastify: '5.x', dependencies: ['database', 'redis'] }
)
