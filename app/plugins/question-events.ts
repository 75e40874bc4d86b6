/** app.questionEvents: changes of questions, in this process and the others. */
import fp from 'fastify-plugin'
import { QuestionEvents } from '../live/question-events.ts'

declare module 'fastify' {
  interface FastifyInstance {
    questionEvents: QuestionEvents
  }
}

export const questionEvents = fp(
  async app => {
    const events = new QuestionEvents(app.redis)
    app.decorate('questionEvents', events)
    app.addHook('onClose', async () => events.close())
  },
  { name: 'question-events', fastify: '5.x', dependencies: ['redis'] }
)
