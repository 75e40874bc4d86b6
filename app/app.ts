/** buildApp: the plugins in order, then the route table. Never listens. */
import Fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify'
import type { Config } from './config/load.ts'
import { createLanguages } from './i18n/catalogues.ts'
import type { Catalogue } from './i18n/locales/en.ts'
import { createOutput, type LogStream } from './log.ts'
import { accountModels } from './plugins/account-models.ts'
import { apiDocument } from './plugins/api-document.ts'
import { auth } from './plugins/auth.ts'
import { bodies } from './plugins/bodies.ts'
import { carriedForm } from './plugins/carried-form.ts'
import { formOwner } from './plugins/form-owner.ts'
import { knownAccounts } from './plugins/known-accounts.ts'
import { shownAgain } from './plugins/shown-again.ts'
import { browserVoter } from './plugins/browser-voter.ts'
import { pollRights } from './plugins/poll-rights.ts'
import { previews } from './plugins/previews.ts'
import { frames } from './plugins/frames.ts'
import { changeEvents } from './plugins/change-events.ts'
import { database } from './plugins/database.ts'
import { multipart } from './plugins/multipart.ts'
import { errors } from './plugins/errors.ts'
import { compression } from './plugins/compression.ts'
import { cookies } from './plugins/cookies.ts'
import { deferredIdentity } from './plugins/deferred-identity.ts'
import { drain } from './plugins/drain.ts'
import { identity } from './plugins/identity.ts'
import { health } from './plugins/health.ts'
import { linkRights } from './plugins/link-rights.ts'
import { siteLinks } from './plugins/site-address.ts'
import { live } from './plugins/live.ts'
import { locale } from './plugins/locale.ts'
import { loopback } from './plugins/loopback.ts'
import { mail } from './plugins/mail.ts'
import { metrics } from './plugins/metrics.ts'
import { models } from './plugins/models.ts'
import { contentNegotiation } from './plugins/content-negotiation.ts'
import { sessionList } from './plugins/session-list.ts'
import { provider } from './plugins/provider.ts'
import { preferences } from './plugins/preferences.ts'
import { redis } from './plugins/redis.ts'
import { responseMemo } from './plugins/response-memo.ts'
import { robots } from './plugins/robots.ts'
import { guestCache } from './plugins/guest-cache.ts'
import { settings } from './plugins/settings.ts'
import { security } from './plugins/security.ts'
import { secondStep } from './plugins/second-step.ts'
import { session } from './plugins/session.ts'
import { signInScope } from './plugins/sign-in.ts'
import { staticFiles } from './plugins/static-files.ts'
import { templates } from './plugins/templates.ts'
import { serverTiming } from './plugins/server-timing.ts'
import { tokens } from './plugins/tokens.ts'
import { trailingCharacters } from './plugins/trailing-characters.ts'
import { webhooks } from './plugins/webhooks.ts'
import { wellKnown } from './plugins/well-known.ts'
import { inputValidation } from './plugins/input-validation.ts'
import { frameRoutes } from './routes/embed/routes.ts'
import { routes } from './routes/index.ts'
import { serverOptions } from './server-options.ts'
import { views } from './view.ts'

/** Options for tests: where the log goes, the languages, and a plugin that sees every answer. */
export interface AppOptions {
  logStream?: LogStream
  catalogues?: readonly Catalogue[]
  observer?: FastifyPluginAsync
}

/** Builds the application, ready for listen() or inject(). Rejects if a plugin cannot start. */
export async function buildApp(
  config: Config,
  { logStream = createOutput(), catalogues, observer }: AppOptions = {}
): Promise<FastifyInstance> {
  const { server, development } = config
  const languages = createLanguages(catalogues)
  const app = Fastify(serverOptions(config, languages, logStream))

  if (observer) await app.register(observer)
  await app.register(serverTiming, development)
  await app.register(metrics, config)
  await app.register(security, server)
  await app.register(contentNegotiation)
  await app.register(compression)
  await app.register(locale, { languages })
  await app.register(errors)
  await app.register(inputValidation)
  await app.register(bodies)
  await app.register(multipart)
  await app.register(siteLinks, server)
  await app.register(staticFiles)
  await app.register(views)
  await app.register(apiDocument, server)
  await app.register(templates, { ...development, ...server, signIn: config.signIn, mail: config.mail })
  await app.register(previews, server)
  await app.register(database, config.database)
  await app.register(redis, { config: config.redis })
  await app.register(changeEvents)
  await app.register(settings, config)
  await app.register(accountModels, config)
  await app.register(models, config)
  await app.register(live, config.live)
  await app.register(webhooks, config.webhooks)
  await app.register(mail, config)
  await app.register(loopback, server)
  await app.register(drain)
  await app.register(health)

  await app.register(frames, { ...config, routes: frameRoutes })
  await registerSite(app, config)
  return app
}

/**
 * The site itself. Static files and health are outside, because they answer while the store of
 * sessions is down.
 */
async function registerSite(parent: FastifyInstance, config: Config) {
  const { server, session: sessionSettings, development } = config
  await parent.register(async function site(app) {
    await app.register(cookies, server)
    await app.register(browserVoter, config)
    await app.register(responseMemo)
    await app.register(guestCache)
    await app.register(identity, config)
    await app.register(tokens)
    await app.register(linkRights)
    await app.register(robots)
    await app.register(trailingCharacters)
    await app.register(wellKnown, server)
    await app.register(session, config)
    await app.register(deferredIdentity)
    await app.register(carriedForm)
    await app.register(provider, config)
    await app.register(secondStep, config)
    await app.register(knownAccounts, config)
    await app.register(preferences)
    await app.register(auth, config)
    await app.register(pollRights)
    await app.register(formOwner, sessionSettings)
    await app.register(shownAgain)
    await app.register(sessionList, sessionSettings)
    await app.register(routes, { ...development, signIn: scope => scope.register(signInScope, config) })
  })
}
