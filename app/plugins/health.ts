/** /health/live: the process answers. /health/ready: it can do its work. Neither touches sessions. */
import fp from 'fastify-plugin'

export const health = fp(
  async app => {
    app.get('/health/live', async (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ live: true })
    )
    app.get('/health/ready', async (_request, reply) => {
      const [database, redis] = await Promise.allSettled([
        app.db.fetchone('SELECT 1 AS one'),
        app.redis?.ping()
      ])
      const parts = { database: database.status === 'fulfilled', redis: redis.status === 'fulfilled' }
      const ready = parts.database && parts.redis
      return reply
        .code(ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ ready, ...parts })
    })
  },
  { name: 'health', fastify: '5.x', dependencies: ['database', 'redis'] }
)
