/** app.questionEvents: changes of questions in all replicas. */
import fp from 'fastify-plugin'
import { databaseNumber, duplicate } from '../db/redis.ts'
import { QuestionEvents } from '../live/question-events.ts'

declare module 'fastify' {
  interface FastifyInstance {
    questionEvents: QuestionEvents
  }
}

export const questionEvents = fp(
  async app => {
    // Redis pub/sub ignores database numbers, so the channel's name contains the number.
    const { redis } = app
    const clients = redis && { publisher: redis, subscriber: duplicate(redis) }
    const events = new QuestionEvents(clients, `vote:changed:${redis ? databaseNumber(redis) : 0}`)
    app.decorate('questionEvents', events)
    app.addHook('onClose', async () => events.close())
  },
  { name: 'question-events', fastify: '5.x', dependencies: ['redis'] }
)
