/**
 * With `server.host: localhost` the server also accepts connections on the other loopback address.
 */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Listens for `app.server` on the other loopback address. Null with any other host. */
    loopback: Server | null
  }
}

/**
 * Fastify would open a second HTTP server, without the settings of server-options.ts and the
 * listeners of the first. Node lets a program hand connections to a server by its 'connection'
 * event, so there is one HTTP server.
 */
export const loopback = fp<Pick<Config['server'], 'host'>>(
  async (app, { host }) => {
    app.decorate('loopback', null)
    if (host !== 'localhost') return
    const listener = createServer({ allowHalfOpen: true, noDelay: true }, socket =>
      app.server.emit('connection', socket)
    )
    app.loopback = listener
    app.addHook('onListen', async () => {
      const { address, port } = app.server.address() as AddressInfo
      listener.listen({ host: address === '::1' ? '127.0.0.1' : '::1', port })
      await once(listener, 'listening').catch(err => app.log.debug({ err }, 'one loopback address only'))
    })
    app.addHook('onClose', async () => {
      // Calls back when the last connection has ended. An error means that it no longer listens.
      await new Promise(resolve => listener.close(resolve))
    })
  },
  { name: 'loopback', fastify: '5.x' }
)
