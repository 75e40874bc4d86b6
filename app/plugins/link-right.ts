/**
 * A right to one poll that a link gives: its token in a cookie of the poll's pages, or in the
 * header `Authorization`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { credentialsOf } from '../values/authorization.ts'
import { addressOf } from '../view.ts'
import { YEAR_SECONDS } from './cookies.ts'

/**
 * Looks the token of each request up before its handler, and returns functions for decorators.
 * `name`: of the cookie, and of the scheme in `Authorization`. `look` stores in the request what a
 * token is good for.
 */
export function linkRight(
  app: FastifyInstance,
  name: 'invitation' | 'manage',
  look: (request: FastifyRequest, token: string) => Promise<void>
) {
  const credentialsIn = credentialsOf(name)
  const pathFor = (slug: string) => addressOf(app, 'Question', { question: slug })

  /** Returns the token that the client sent, valid or not; undefined without one. */
  const tokenIn = ({ headers, cookies }: FastifyRequest) =>
    credentialsIn(headers.authorization) ?? cookies[name]

  app.addHook('onRequest', (request, _reply, done) => {
    const token = tokenIn(request)
    if (token === undefined) return done()
    look(request, token).then(() => done(), done)
  })

  /** Looks the token up again, for a long answer. */
  async function refresh(request: FastifyRequest) {
    const token = tokenIn(request)
    if (token !== undefined) await look(request, token)
  }

  /** Sets the cookie, for the addresses of its poll alone. */
  function keep(this: FastifyReply, slug: string, token: string) {
    this.setOwnCookie(name, token, { maxAge: YEAR_SECONDS, path: pathFor(slug) })
  }

  /** Removes that cookie. */
  function drop(this: FastifyReply, slug: string) {
    this.clearOwnCookie(name, pathFor(slug))
  }

  return { tokenIn, refresh, keep, drop }
}
