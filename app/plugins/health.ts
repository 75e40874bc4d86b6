/** /health/live: the process answers. /health/ready: it can do its work, and is not about to end. Neither needs sessions. */
import { Server } from 'node:net'
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * From now on not ready; after `notice` milliseconds no connection is accepted any more. Those that are there are
     * still served, each until its next answer. Settles after the same time again.
     */
    leave: (notice: number) => Promise<void>
    isLeaving: () => boolean
  }
}

/** How long each part may take to answer, so that asking is quicker than what asks us. */
const patience = 500

/** Milliseconds: a turn of the event loop in which there was next to nothing to do; and how many are tried for one. */
const [quiet, mostTurns] = [0.3, 100]

/** Settles at the end of a quiet turn, in which what came before it was accepted. */
async function quietTurn() {
  for (let n = 0, began = performance.now(); n < mostTurns; n++) {
    await turn()
    const now = performance.now()
    if (now - began < quiet) return
    began = now
  }
}

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
    const { server } = app
    /** At the end of a quiet turn: a connection that the kernel alone has accepted would be reset, and a turn under load leaves time for one. */
    async function stopListening() {
      leaving = true
      await quietTurn()
      // Not http's close, which ends idle connections too: a request may be on its way on one.
      if (server.listening) Server.prototype.close.call(server)
    }
    app.decorate('leave', async notice => {
      leaving = true
      // Connections are kept meanwhile: whoever has an idle one opens none, which could come at the very end.
      await delay(notice)
      await stopListening()
      await delay(notice) // what is in front ends its idle connections itself
    })
    app.decorate('isLeaving', () => leaving)
    // What is in front opens its next connection elsewhere, instead of sending a request into one that closes.
    app.addHook('onSend', (_request, reply, _payload, done) => {
      if (leaving && !server.listening) reply.header('connection', 'close')
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
    app.addHook('preClose', stopListening)
  },
  { name: 'health', fastify: '5.x', dependencies: ['database', 'redis'] }
)
