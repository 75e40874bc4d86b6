/** app.changes: "question N changed", in this process at once and in the others by Redis. */
import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import fp from 'fastify-plugin'

const channel = 'vote:changed'

export interface Changes {
  /** Tells every process. This one has heard it when the call returns. */
  publish(questions: Iterable<number>): void
  /** Calls back with each question that changed; with nothing when messages may have been missed. */
  subscribe(listener: (question?: number) => void): void
}

declare module 'fastify' {
  interface FastifyInstance {
    changes: Changes
  }
}

/** A second connection: one that subscribes can do nothing else. */
function listen(redis: Redis, own: string, tell: (question?: number) => void) {
  const subscriber = redis.duplicate()
  subscriber.on('error', () => {}) // the first connection says it
  subscriber.on('ready', () => {
    // Nothing is missed from here on; lost again, the next 'ready' tries again.
    subscriber.subscribe(channel).then(
      () => tell(),
      () => {}
    )
  })
  subscriber.on('message', (_channel, message: string) => {
    const [from, ...ids] = message.split(' ')
    if (from !== own) for (const id of ids) tell(Number(id))
  })
  return subscriber
}

export const changes = fp(
  async app => {
    const listeners: Array<(question?: number) => void> = []
    const own = randomUUID()
    const tell = (question?: number) => {
      for (const listener of listeners) listener(question)
    }
    app.decorate('changes', {
      publish(questions) {
        const ids = [...questions]
        for (const id of ids) tell(id)
        app.redis?.publish(channel, [own, ...ids].join(' ')).catch(() => {}) // the others' caches are young anyway
      },
      subscribe: listener => void listeners.push(listener)
    })
    if (!app.redis) return
    const subscriber = listen(app.redis, own, tell)
    app.addHook('onClose', async () => subscriber.disconnect())
  },
  { name: 'changes', fastify: '5.x', dependencies: ['redis'] }
)
