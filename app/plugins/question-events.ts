/** app.changes: "question N changed", in this process at once and in the others by Redis. */
import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import fp from 'fastify-plugin'
import { withDeadline } from '../db/redis.ts'

/** Milliseconds between two messages about votes: each wakes every process, and four results a second are the most that anybody is shown. */
const pause = 50

export interface Changes {
  /** Tells every process. This one has heard it when the call returns. `edited`: more than the tally changed. */
  publish(questions: Iterable<number>, edited?: boolean): void
  /** Calls back with each question that changed; with nothing when messages may have been missed. */
  subscribe(listener: Listener): void
  /** Whether the other processes can be heard now. */
  hears(): Promise<boolean>
}

type Listener = (question?: number, edited?: boolean) => void

declare module 'fastify' {
  interface FastifyInstance {
    changes: Changes
  }
}

/** A second connection: one that subscribes can do nothing else. */
function listen(redis: Redis, channel: string, own: string, tell: Listener) {
  const subscriber = redis.duplicate()
  let isSubscribed = false
  subscriber.on('error', () => {}) // the first connection says it
  subscriber.on('close', () => {
    isSubscribed = false
  })
  subscriber.on('ready', () => {
    // Nothing is missed from here on; lost again, the next 'ready' tries again.
    subscriber
      .subscribe(channel)
      .then(() => {
        isSubscribed = true
        return tell()
      })
      .catch(() => {})
  })
  subscriber.on('message', (_channel, message: string) => {
    const [from, ...words] = message.split(' ')
    if (from === own) return
    const edited = words[0] === 'edited'
    for (const id of edited ? words.slice(1) : words) tell(Number(id), edited)
  })
  return {
    /** A connection that broke without a word is found out by asking. */
    hears: () =>
      withDeadline(subscriber.ping()).then(
        () => isSubscribed,
        () => false
      ),
    stop: () => subscriber.disconnect()
  }
}

export const changes = fp(
  async app => {
    const listeners: Listener[] = []
    const own = randomUUID()
    const tell: Listener = (question, edited) => {
      for (const listener of listeners) listener(question, edited)
    }
    // With the database's number: Redis itself tells everybody, whichever database they use.
    const channel = `vote:changed:${app.redis?.options.db}`
    const others = app.redis && listen(app.redis, channel, own, tell)
    const send = (...words: Array<number | string>) =>
      app.redis?.publish(channel, [own, ...words].join(' ')).catch(() => {}) // the others' caches are young anyway
    let counted = new Set<number>()
    let timer: NodeJS.Timeout | undefined
    function flush() {
      timer = undefined
      if (counted.size === 0) return
      void send(...counted)
      counted = new Set() // emptied, it would leave V8 its old tables (see the ballot box)
      timer = setTimeout(flush, pause).unref()
    }
    app.decorate('changes', {
      publish(questions, edited = false) {
        const ids = [...questions]
        for (const id of ids) tell(id, edited)
        if (!app.redis) return
        if (edited) return void send('edited', ...ids)
        for (const id of ids) counted.add(id)
        if (!timer) flush()
      },
      subscribe: listener => void listeners.push(listener),
      hears: async () => (others ? others.hears() : true)
    })
    app.addHook('onClose', async () => {
      clearTimeout(timer)
      flush()
      others?.stop()
    })
  },
  { name: 'changes', fastify: '5.x', dependencies: ['redis'] }
)
