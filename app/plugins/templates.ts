/** Renders pages by nunjucks. A template reads `page`, `viewer`, `t` and the globals that are the same for all pages. */
import { join } from 'node:path'
import fastifyView from '@fastify/view'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import nunjucks, { type Environment } from 'nunjucks'
import { type Config, root } from '../config/load.ts'
import { bdi, linkTo, ownerField, strong, withLinks } from '../i18n/markup.ts'
import { cutText } from '../values/text.ts'
import type { Catalogue } from '../i18n/locales/en.ts'
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

/** Cuts a text for a place that is short. */
function shorten(text: string, max: number) {
  const cut = cutText(text, max)
  return cut === text ? text : `${cut}…`
}

function configure(env: Environment, globals: Record<string, unknown>, timing: Timing | null) {
  if (timing) observe(env, milliseconds => timing.add('template', milliseconds))
  for (const [name, value] of Object.entries(globals)) env.addGlobal(name, value)
}

/** What any page may say of its viewer. Where several viewers share a page, all of it is part of the key. */
export interface PageViewer {
  isSignedIn: boolean
  /** The account's name; null for a guest. */
  name: string | null
  isAdmin: boolean
  /** Null: as the device has it. */
  theme: 'light' | 'dark' | null
  /** Binds forms to the account; empty for a guest. */
  formOwner: string
  /** The session store is down, so nobody can be recognised and nothing written. */
  isReadOnly: boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    /** In which times are typed and shown. */
    timeZone: string
  }
  interface FastifyReply {
    /** What @fastify/view gives every template of this answer beside `page`. */
    readonly locals: { viewer: PageViewer; t: Catalogue }
  }
}

/** Makes what pages say of their viewer. An answer that is given early has no user and no cookies. */
function pageViewer({ user, theme, formOwner, sessionsDown }: Partial<FastifyRequest>): PageViewer {
  return {
    isSignedIn: Boolean(user),
    name: user?.name ?? null,
    isAdmin: Boolean(user?.is_admin),
    theme: theme ?? null,
    formOwner: formOwner ?? '',
    isReadOnly: Boolean(sessionsDown)
  }
}

export const templates = fp<Config['development'] & Pick<Config['server'], 'publicUrl' | 'timeZone'>>(
  async (app, { reloadTemplates, publicUrl, timeZone }) => {
    app.decorate('timeZone', timeZone)
    const globals = {
      url: (name: string, params?: Record<string, string | number>) => addressOf(app, name, params),
      asset: app.asset,
      fullLink: app.link,
      hasPublicUrl: publicUrl !== null,
      timeZone,
      languages: app.languages.all.map(({ tag, name }) => ({ tag, name })),
      bdi,
      linkTo,
      ownerField,
      withLinks,
      shorten,
      names: (choices: Array<{ choice_text: string }>) => choices.map(choice => strong(choice.choice_text))
    }
    app.decorateReply('locals', {
      getter(this: FastifyReply) {
        return { viewer: pageViewer(this.request), t: this.request.locale }
      }
    })
    await app.register(fastifyView, {
      engine: { nunjucks },
      templates: join(root, 'views'),
      options: {
        noCache: reloadTemplates,
        onConfigure: (env: Environment) => configure(env, globals, app.timing)
      }
    })
  },
  { name: 'templates', fastify: '5.x', dependencies: ['views', 'statics', 'links', 'locale', 'timing'] }
)
