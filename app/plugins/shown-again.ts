/**
 * The fields `show`, `show_theme` and `show_locale`: show a form again as it was typed, in a chosen
 * theme or language.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Locale, Theme } from '../schemas/preferences.ts'

/** Applies a theme to this answer and stores it for later ones. */
function chooseTheme(request: FastifyRequest, reply: FastifyReply, value: unknown) {
  const { data: theme } = Theme.safeParse(value)
  if (theme === undefined) return
  request.cookies.theme = theme
  reply.keepPreference('theme', theme === 'device' ? null : theme)
}

/** Applies a language to this answer and stores it in the account and in this browser. */
async function chooseLocale(request: FastifyRequest, reply: FastifyReply, value: unknown) {
  const { data: locale } = Locale.safeParse(value)
  if (locale === undefined) return
  const { user, server } = request
  if (user) await server.accounts.chooseLocale(user.id, locale)
  if (user) request.user = { ...user, locale }
  request.cookies.locale = locale
  reply.keepPreference('locale', locale)
}

export const shownAgain = fp(
  async app => {
    app.addHook('preValidation', async (request, reply) => {
      const { show, show_theme, show_locale } = request.sentForm ?? {}
      if ((show ?? show_theme ?? show_locale) === undefined) return
      request.showsAgain = true
      chooseTheme(request, reply, show_theme)
      await chooseLocale(request, reply, show_locale)
    })
  },
  {
    name: 'shown-again',
    fastify: '5.x',
    dependencies: [
      'views',
      'auth',
      'identity',
      'carried-form',
      'preferences',
      'account-models',
      'cookies',
      'locale'
    ]
  }
)
