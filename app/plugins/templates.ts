/** nunjucks pages with url(), fullLink() and asset(); every page knows who looks. */
import { join } from 'node:path'
import fastifyView from '@fastify/view'
import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import nunjucks, { type Environment } from 'nunjucks'
import { type Config, root } from '../config.ts'
import { fromNow, inWords } from '../schemas/time.ts'
import { addressOf } from '../view.ts'
import type { Timing } from './timing.ts'

/** Tells how long each page took to render. */
function observe(env: Environment, add: (milliseconds: number) => void) {
  const render = env.render.bind(env) as (...args: unknown[]) => unknown
  const timed = (...args: unknown[]) => {
    const started = performance.now()
    try {
      return render(...args) // calls back before it returns
    } finally {
      add(performance.now() - started)
    }
  }
  Object.assign(env, { render: timed })
}

function configure(
  env: Environment,
  globals: Record<string, unknown>,
  timing: Timing | null,
  timeZone: string
) {
  if (timing) observe(env, milliseconds => timing.add('template', milliseconds))
  for (const [name, value] of Object.entries(globals)) env.addGlobal(name, value)
  env.addFilter('plural', (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`)
  env.addFilter('inWords', (time: string) => inWords(time, timeZone))
  env.addFilter('fromNow', (time: string) => fromNow(time))
}

declare module 'fastify' {
  interface FastifyInstance {
    /** In which times are typed and shown. */
    timeZone: string
    /** Text as it may stand in a page. */
    escape: (text: string) => string
  }
  interface FastifyReply {
    /** What every template of this answer can read. */
    readonly locals: { request: FastifyRequest }
  }
}

export const templates = fp<Config['development'] & { timeZone: string }>(
  async (app, { reloadTemplates, timeZone }) => {
    app.decorate('timeZone', timeZone)
    app.decorate('viewPaths', new Map())
    const globals = {
      url: (name: string, params?: Record<string, string | number>) => addressOf(app, name, params),
      asset: app.asset,
      fullLink: app.link,
      timeZone
    }
    app.decorateReply('locals', {
      getter(this: FastifyReply) {
        return { request: this.request }
      }
    })
    await app.register(fastifyView, {
      engine: { nunjucks },
      templates: join(root, 'views'),
      options: {
        noCache: reloadTemplates,
        onConfigure(env: Environment) {
          configure(env, globals, app.timing, timeZone)
          app.decorate('escape', text => String(env.getFilter('escape')(text)))
        }
      }
    })
  },
  { name: 'templates', fastify: '5.x', dependencies: ['statics', 'links', 'timing'] }
)
