/**
 * The scope of frames in pages of other sites. It knows no session and no account: every client is
 * a guest whose browser has a cookie of its own here, even if the other site is a subdomain, where
 * the browser sends the session cookie with the frame.
 */
import type { FastifyPluginAsync } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { NotByToken } from '../errors.ts'
import { GUEST } from '../models/polls/admission.ts'
import { bearerIn } from '../values/authorization.ts'
import { browserVoter } from './browser-voter.ts'
import { personal } from './content-negotiation.ts'
import { cookies } from './cookies.ts'
import { responseMemo } from './response-memo.ts'
import { robots } from './robots.ts'
import { trailingCharacters } from './trailing-characters.ts'

export const frames = fp<Config & { routes: FastifyPluginAsync }>(
  async (app, { server, session, routes }) => {
    await app.register(cookies, server)
    await app.register(browserVoter, { session, cookie: 'embed', path: `${app.basePath}/embed` })
    await app.register(responseMemo)
    await app.register(robots)
    app.decorateRequest('user', null)
    app.decorateRequest('deferred', null)
    app.decorateRequest('sentForm', null)
    app.decorateRequest('invitation', null)
    app.decorateRequest('manager', null)
    app.decorateRequest('viewer', { getter: () => GUEST })
    app.decorateRequest('knownVoters', { getter: () => [] })
    app.addHook('onRequest', ({ headers, routeOptions }, reply, done) => {
      reply.headers(personal)
      // A token would be an account's. A method that does not exist is answered as such.
      const isRefused = bearerIn(headers.authorization) !== null && !routeOptions.config.methodNotAllowedRoute
      done(isRefused ? new NotByToken() : undefined)
    })
    await app.register(trailingCharacters)
    await app.register(routes)
  },
  {
    name: 'frames',
    fastify: '5.x',
    encapsulate: true,
    dependencies: ['models', 'content-negotiation', 'security', 'site-address']
  }
)
