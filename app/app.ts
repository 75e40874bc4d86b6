/** buildApp: the plugins in order, then the route table. Never listens. */
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from './config/load.ts'
import { createLanguages } from './i18n/catalogues.ts'
import type { Catalogue } from './i18n/locales/en.ts'
import { createOutput, isVerbose, loggerOptions } from './log.ts'
import { auth } from './plugins/auth.ts'
import { bodies } from './plugins/bodies.ts'
import { browser } from './plugins/browser-voter.ts'
import { changes } from './plugins/question-events.ts'
import { database } from './plugins/database.ts'
import { answerBrokenRequest, answerBrokenUrl, errors } from './plugins/errors.ts'
import { health } from './plugins/health.ts'
import { links } from './plugins/links.ts'
import { live } from './plugins/live.ts'
import { locale } from './plugins/locale.ts'
import { models } from './plugins/models.ts'
import { negotiation } from './plugins/negotiation.ts'
import { ownSessions } from './plugins/session-list.ts'
import { preferences } from './plugins/preferences.ts'
import { redis } from './plugins/redis.ts'
import { repeat } from './plugins/guest-cache.ts'
import { headersFor, security } from './plugins/security.ts'
import { session } from './plugins/session.ts'
import { statics } from './plugins/statics.ts'
import { templates } from './plugins/templates.ts'
import { timing } from './plugins/timing.ts'
import { validation } from './plugins/validation.ts'
import { routes } from './routes/index.ts'

/** What a test may set: where the log goes, and the languages. */
export interface AppOptions {
  logStream?: { write(line: string): void }
  catalogues?: readonly Catalogue[]
}

/** The whole application, ready for listen() or inject(). Throws what keeps it from starting. */
export async function buildApp(
  config: Config,
  { logStream = createOutput(), catalogues }: AppOptions = {}
): Promise<FastifyInstance> {
  const { server, development } = config
  const headers = headersFor(server)
  const languages = createLanguages(catalogues)
  const isTold = isVerbose(config.log.level)
  const app = Fastify({
    logger: { ...loggerOptions(config.log), ...(!config.log.pretty && { stream: logStream }) },
    // A logger for each request costs more than most requests log; errors name theirs.
    ...(!isTold && { childLoggerFactory: logger => logger }),
    logController: new LogController({ disableRequestLogging: !isTold }),
    trustProxy: server.trustedProxies.length > 0 ? server.trustedProxies : false,
    bodyLimit: 64 * 1024, // the forms of polls may have more
    requestTimeout: server.requestTimeout, // Fastify's default keeps the socket of a slow body for ever
    connectionTimeout: 25_000, // who is idle, or takes no byte of an answer, for so long; above the heartbeat of streams
    http: {
      headersTimeout: Math.min(10_000, server.requestTimeout),
      connectionsCheckingInterval: Math.min(5_000, server.requestTimeout), // Node's default cuts half a minute late
      requireHostHeader: false // refused with our headers instead
    },
    return503OnClosing: false, // the health check turns first, so no new requests come
    frameworkErrors: answerBrokenUrl(headers, languages),
    clientErrorHandler: answerBrokenRequest(headers),
    pluginTimeout: 0, // the database plugin waits for its server, and has its own limit
    routerOptions: { maxParamLength: 100 }
  })

  app.server.keepAliveTimeout = 0 // two timers for each answer, for what connectionTimeout ends too; the option cannot be 0

  await app.register(timing, development)
  await app.register(security, server)
  await app.register(negotiation)
  await app.register(locale, { languages })
  await app.register(validation)
  await app.register(bodies)

  // No session up to here: these answer while its store is away.
  await app.register(statics)
  await app.register(links, server)
  await app.register(templates, { ...development, timeZone: server.timeZone })
  await app.register(errors)
  await app.register(database, config.database)
  await app.register(redis, { config: config.redis })
  await app.register(changes)
  await app.register(health)
  await app.register(models, config)
  await app.register(live, config.live)

  await app.register(async function site(app) {
    await app.register(session, config)
    await app.register(browser, config)
    await app.register(repeat)
    await app.register(preferences, server)
    await app.register(auth, config.session)
    await app.register(ownSessions, config.session)
    await app.register(routes)
  })
  return app
}
