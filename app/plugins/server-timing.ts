/** Measures the parts of a request's time, as a Server-Timing header. For development. */
import { AsyncLocalStorage } from 'node:async_hooks'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'

export interface Timing {
  /** Adds milliseconds to a part of the current request's time. */
  add(name: 'db' | 'session' | 'template', milliseconds: number): void
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Null unless the configuration asks for it. */
    timing: Timing | null
  }
}

export const serverTiming = fp<Config['development']>(
  async (app, { serverTiming }) => {
    app.decorate('timing', null)
    if (!serverTiming) return
    const spent = new AsyncLocalStorage<Map<string, { times: number; milliseconds: number }>>()
    app.timing = {
      add(name, milliseconds) {
        const entry = spent.getStore()?.get(name) ?? { times: 0, milliseconds: 0 }
        spent
          .getStore()
          ?.set(name, { times: entry.times + 1, milliseconds: entry.milliseconds + milliseconds })
      }
    }
    app.addHook('onRequest', (_request, _reply, done) => spent.run(new Map(), done))
    app.addHook('onSend', async (_request, reply) => {
      const entries = [...(spent.getStore() ?? [])].map(
        ([name, { times, milliseconds }]) => `${name};dur=${milliseconds.toFixed(1)};desc="${name} x${times}"`
      )
      reply.header('server-timing', [...entries, `total;dur=${reply.elapsedTime.toFixed(1)}`].join(', '))
    })
  },
  { name: 'server-timing', fastify: '5.x' }
)
