/** nunjucks pages with url() and asset(); every page knows who looks. */
import { join } from 'node:path'
import fastifyView from '@fastify/view'
import fp from 'fastify-plugin'
import nunjucks, { type Environment } from 'nunjucks'
import { type Config, root } from '../config.ts'
import { addressOf } from '../view.ts'

function configure(env: Environment, globals: Record<string, unknown>) {
  for (const [name, value] of Object.entries(globals)) env.addGlobal(name, value)
  env.addFilter('plural', (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`)
}

declare module 'fastify' {
  interface FastifyReply {
    /** What every template of this answer can read. */
    locals?: { request: FastifyRequest }
  }
}

export const templates = fp<Config['development']>(
  async (app, { reloadTemplates }) => {
    app.decorate('viewPaths', new Map())
    const globals = {
      url: (name: string, params?: Record<string, string | number>) => addressOf(app, name, params),
      asset: app.asset
    }
    await app.register(fastifyView, {
      engine: { nunjucks },
      templates: join(root, 'views'),
      options: {
        noCache: reloadTemplates,
        onConfigure: (env: Environment) => configure(env, globals)
      }
    })
    app.addHook('onRequest', async (request, reply) => {
      reply.locals = { request }
    })
  },
  { name: 'templates', fastify: '5.x', dependencies: ['statics'] }
)
