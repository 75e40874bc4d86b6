/**
 * request.locale: the language of the account, else of this browser's cookie, else of its header.
 */
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Languages } from '../i18n/catalogues.ts'
import type { Catalogue } from '../i18n/locales/en.ts'

declare module 'fastify' {
  interface FastifyInstance {
    languages: Languages
  }
  interface FastifyRequest {
    /** Defined in every answer, even if the user is not known yet. */
    readonly locale: Catalogue
  }
}

export const locale = fp<{ languages: Languages }>(
  async (app, { languages }) => {
    app.decorate('languages', languages)
    app.decorateRequest('locale', {
      getter(this: FastifyRequest) {
        // A request that is rejected early has neither user nor cookies.
        const { user, cookies, headers } = this as Partial<FastifyRequest> & FastifyRequest
        return (
          languages.get(user?.locale) ??
          languages.get(cookies?.locale) ??
          languages.negotiate(headers['accept-language'])
        )
      }
    })
  },
  { name: 'locale', fastify: '5.x' }
)
