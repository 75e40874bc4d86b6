/**
 * Drains a process: reports not ready, then accepts no connections, then closes each one with its
 * next answer.
 */
import { Server } from 'node:net'
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Reports not ready from now on, and accepts no connection after `noticeMs`. Connections that
     * exist are still served, each until its next answer. Settles after `noticeMs` again.
     */
    drain: (noticeMs: number) => Promise<void>
    isDraining: () => boolean
  }
}

/** A turn of the event loop that is shorter than this was almost idle. */
const IDLE_TURN_MS = 0.3
const MAX_TURNS = 100

/** Resolves after an almost idle turn: connections that the kernel had accepted have been read. */
async function waitForIdleEventLoop() {
  for (let turns = 0, startedAt = performance.now(); turns < MAX_TURNS; turns++) {
    await turn()
    const now = performance.now()
    if (now - startedAt < IDLE_TURN_MS) return
    startedAt = now
  }
}

export const drain = fp(
  async app => {
    let isDraining = false

    async function stopListening() {
      isDraining = true
      // A connection that only the kernel has accepted would be reset.
      await waitForIdleEventLoop()
      // The base class's close. That of http.Server also ends idle connections, on which a request
      // may be under way.
      for (const server of [app.server, app.loopback]) {
        if (server?.listening) Server.prototype.close.call(server)
      }
    }

    app.decorate('drain', async noticeMs => {
      isDraining = true
      // A proxy that keeps its idle connections opens no new one at the very end.
      await delay(noticeMs)
      await stopListening()
      await delay(noticeMs) // the proxy closes its idle connections itself
    })
    app.decorate('isDraining', () => isDraining)
    // The proxy opens its next connection elsewhere, and sends no request into one that closes.
    app.addHook('onSend', (_request, reply, _payload, done) => {
      if (isDraining && !app.server.listening) reply.header('connection', 'close')
      done()
    })
    app.addHook('preClose', stopListening)
  },
  { name: 'drain', fastify: '5.x', dependencies: ['loopback'] }
)
