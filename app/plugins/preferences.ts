/** Stores a browser's theme and language in cookies, so that the server can render with them. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { YEAR_SECONDS } from './cookies.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined: the theme of the device. */
    readonly theme: 'light' | 'dark' | undefined
  }
  interface FastifyReply {
    /** Stores a preference in the browser; null removes it. */
    keepPreference(name: 'theme' | 'locale', value: string | null): void
  }
}

const isTheme = (value: string | undefined): value is 'light' | 'dark' =>
  value === 'light' || value === 'dark'

export const preferences = fp(
  async app => {
    app.preferCookie('theme', isTheme)
    app.preferCookie('locale', value => app.languages.get(value) !== undefined)
    app.decorateRequest('theme', {
      getter(this: FastifyRequest) {
        const { theme } = this.cookies ?? {} // null where a hook before the cookies' refused
        return isTheme(theme) ? theme : undefined
      }
    })

    app.decorateReply(
      'keepPreference',
      function (this: FastifyReply, name: 'theme' | 'locale', value: string | null) {
        if (value === null) this.clearOwnCookie(name)
        else this.setOwnCookie(name, value, { maxAge: YEAR_SECONDS })
      }
    )
  },
  { name: 'preferences', fastify: '5.x', dependencies: ['cookies', 'locale'] }
)
