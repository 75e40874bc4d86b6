/**
 * The addresses that programs know: `/robots.txt`, and in `/.well-known/` where a password is
 * changed and who is told about a security problem.
 */
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { DAY_MS } from '../values/time.ts'
import { addressOf } from '../view.ts'

/** RFC 9116 recommends less than a year. */
const EXPIRES_AFTER_MS = 300 * DAY_MS

export const wellKnown = fp<Config['server']>(
  async (app, { securityContact }) => {
    // Nothing is disallowed: a crawler must fetch an answer to see its noindex header.
    app.get('/robots.txt', (_request, reply) => {
      reply.allowIndexing()
      return reply.type('text/plain; charset=utf-8').send('User-agent: *\nDisallow:\n')
    })
    // Password managers open it: https://w3c.github.io/webappsec-change-password-url/
    app.get('/.well-known/change-password', (_request, reply) =>
      reply.redirect(addressOf(app, 'Password'), 302)
    )
    if (securityContact === null) return
    const path = '/.well-known/security.txt' // RFC 9116
    app.get(path, (_request, reply) => {
      const lines = [
        `Contact: ${securityContact}`,
        `Expires: ${new Date(Date.now() + EXPIRES_AFTER_MS).toISOString()}`,
        'Preferred-Languages: en, zh',
        `Canonical: ${app.link(app.basePath + path)}`
      ]
      return reply.type('text/plain; charset=utf-8').send(`${lines.join('\n')}\n`)
    })
  },
  { name: 'well-known', fastify: '5.x', dependencies: ['robots', 'site-address', 'views'] }
)
