/** app.changes: "question N changed", in this process at once and in the others by Redis. */
import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import fp from 'fastify-plugin'

const channel = 'vote:changed'

export interface Changes {
  /** Tells every process. This one has heard it when the call returns. `edited`: more than the tally changed. */
  publish(questions: Iterable<number>, edited?: boolean): void
  /** Calls back with each question that changed; with nothing when messages may have been missed. */
  subscribe(listener: Listener): void
}

type Listener = (question?: number, edited?: boolean) => void

declare module 'fastify' {
  interface FastifyInstance {
    changes: Changes
  }
}

/** A second connection: one that subscribes can do nothing else. */
function listen(redis: Redis, own: string, tell: Listener) {
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
    const [from, ...words] = message.split(' ')
    if (from === own) return
    const edited = words[0] === 'edited'
    for (const id of edited ? words.slice(1) : words) tell(Number(id), edited)
  })
  return subscriber
}

export const changes = fp(
  async app => {
    const listeners: Listener[] = []
    const own = randomUUID()
    const tell: Listener = (question, edited) => {
      for (const listener of listeners) listener(question, edited)
    }
    app.decorate('changes', {
      publish(questions, edited = false) {
        const ids = [...questions]
        for (const id of ids) tell(id, edited)
        const message = [own, ...(edited ? ['edited'] : []), ...ids].join(' ')
        app.redis?.publish(channel, message).catch(() => {}) // the others' caches are young anyway
      },
      subscribe: listener => void listeners.push(listener)
    })
    if (!app.redis) return
    const subscriber = listen(app.redis, own, tell)
    app.addHook('onClose', async () => subscriber.disconnect())
  },
  { name: 'changes', fastify: '5.x', dependencies: ['redis'] }
)
