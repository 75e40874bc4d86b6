/** Binds a form to the account of its page. Rejects it if another account or a guest sends it. */
import { createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { memoize } from '../cache/memoize.ts'
import type { Config } from '../config/load.ts'
import { OtherAccount, SessionsDown, SignInRequired } from '../errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * The field `owner` of this viewer's forms. It identifies the account and is no credential.
     * Empty for a guest.
     */
    readonly formOwner: string
  }
}

/** Long enough that two accounts never share an owner id. */
const OWNER_BYTES = 12
/** Owner ids kept: every page of a signed-in user has one. */
const MAX_CACHED = 20_000

/**
 * Tells whether the right of a link does what a guest's form asks, also if the client was signed
 * in. The form could not be sent after sign-in: the cookie of the right is not sent to the sign-in
 * page. A manage link casts no votes.
 */
const actsByLink = ({ invitation, manager, routeOptions }: FastifyRequest) =>
  invitation !== null || (manager !== null && routeOptions.config.ballot === undefined)

export const formOwner = fp<Config['session']>(
  async (app, { secret }) => {
    const ownerIdOf = memoize((userId: number) => {
      const hash = createHmac('sha256', secret).update(`form owner ${userId}`).digest()
      return hash.toString('base64url', 0, OWNER_BYTES)
    }, MAX_CACHED)

    app.decorateRequest('formOwner', {
      getter(this: FastifyRequest) {
        const { userId } = this.viewer
        return userId === null ? '' : ownerIdOf(userId)
      }
    })

    app.addHook('preValidation', (request, _reply, done) => {
      const owner = request.sentForm?.owner
      if (typeof owner !== 'string' || owner === '' || owner === request.formOwner) return done()
      if (request.viewer.userId !== null) return done(new OtherAccount())
      if (actsByLink(request)) return done()
      done(request.sessionsDown ? new SessionsDown() : new SignInRequired())
    })
  },
  {
    name: 'form-owner',
    fastify: '5.x',
    dependencies: ['auth', 'carried-form', 'link-rights', 'session']
  }
)
