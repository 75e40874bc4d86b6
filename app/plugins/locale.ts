/** request.locale: the language of the answer, as the account has it, or this browser, or its header. */
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Languages } from '../i18n/catalogues.ts'
import type { Catalogue } from '../i18n/locales/en.ts'

declare module 'fastify' {
  interface FastifyInstance {
    languages: Languages
  }
  interface FastifyRequest {
    /** Known to every answer, also to one that is given before it is known who asks. */
    readonly locale: Catalogue
  }
}

export const locale = fp<{ languages: Languages }>(
  async (app, { languages }) => {
    app.decorate('languages', languages)
    app.decorateRequest('locale', {
      getter(this: FastifyRequest) {
        // Both are missing from what is refused early.
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
