/** app.questionEvents: changes of questions, in this process and the others. */
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
    // Pub/sub ignores Redis' database numbers: the number is a part of the channel's name.
    const { redis } = app
    const clients = redis && { publisher: redis, subscriber: duplicate(redis) }
    const events = new QuestionEvents(clients, `vote:changed:${redis ? databaseNumber(redis) : 0}`)
    app.decorate('questionEvents', events)
    app.addHook('onClose', async () => events.close())
  },
  { name: 'question-events', fastify: '5.x', dependencies: ['redis'] }
)
