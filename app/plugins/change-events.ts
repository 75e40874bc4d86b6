/** app.changeEvents: changes of questions, rooms and settings in all replicas. */
import fp from 'fastify-plugin'
import { ChangeEvents } from '../db/change-events.ts'
import { databaseNumber, duplicate } from '../db/redis.ts'

declare module 'fastify' {
  interface FastifyInstance {
    changeEvents: ChangeEvents
  }
}

export const changeEvents = fp(
  async app => {
    // Redis pub/sub ignores database numbers, so the channel's name contains the number.
    const { redis } = app
    const clients = redis && { publisher: redis, subscriber: duplicate(redis) }
    const events = new ChangeEvents(clients, `vote:changed:${redis ? databaseNumber(redis) : 0}`)
    app.decorate('changeEvents', events)
    app.addHook('onClose', async () => events.close())
  },
  { name: 'change-events', fastify: '5.x', dependencies: ['redis'] }
)
