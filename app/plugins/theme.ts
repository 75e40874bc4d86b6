/** Light or dark, as this browser once chose: a cookie, so that a page is drawn right from its first byte. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import type { Theme } from '../schemas/theme.ts'
import { cookieAttributes } from './session.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined: as the device has it. */
    readonly theme: 'light' | 'dark' | undefined
  }
  interface FastifyReply {
    keepTheme(theme: Theme): void
  }
}

/** Seconds. */
const year = 31_536_000

export const theme = fp<Config['server']>(
  async (app, server) => {
    const attributes = cookieAttributes(server)

    app.decorateRequest('theme', {
      getter(this: FastifyRequest) {
        const { theme } = this.cookies
        return theme === 'light' || theme === 'dark' ? theme : undefined
      }
    })

    app.decorateReply('keepTheme', function (this: FastifyReply, theme: Theme) {
      if (theme === 'device') this.clearCookie('theme', { path: '/' })
      else this.setCookie('theme', theme, { ...attributes, maxAge: year })
    })
  },
  { name: 'theme', fastify: '5.x', dependencies: ['session'] }
)
