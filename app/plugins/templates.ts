/**
 * Renders pages by nunjucks. A template reads `page`, `viewer`, `t` and the globals that are the
 * same for all pages.
 */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import fastifyView from '@fastify/view'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import nunjucks, { type Environment } from 'nunjucks'
import { type Config, root } from '../config/load.ts'
import { bdi, linkTo, ownerField, strong, withLinks } from '../i18n/markup.ts'
import { decisionOf } from '../models/polls/decisions.ts'
import { zoneOfTimes } from '../models/polls/option-dates.ts'
import { withNextPath } from '../values/next-path.ts'
import { cutText } from '../values/text.ts'
import { isOfferAhead, TIME_ZONES } from '../values/time.ts'
import type { Catalogue } from '../i18n/locales/en.ts'
import { addressOf, pathOf } from '../view.ts'

const folder = join(root, 'views')

/**
 * Reads every template, so that the process renders those of its start while a new version lies in
 * the folder. Each is compiled when it is first rendered.
 */
function readTemplates(environment: Environment) {
  for (const name of globSync('**/*.html', { cwd: folder })) environment.getTemplate(name)
}

/** Cuts a text for a place that is short. */
function shorten(text: string, max: number) {
  const cut = cutText(text, max)
  return cut === text ? text : `${cut}…`
}

/**
 * Returns the sum of the points of a plot, and the height of one vote where the highest point is
 * 100.
 */
function plotScale(points: ReadonlyArray<{ votes: number }>) {
  const maxVotes = Math.max(1, ...points.map(({ votes }) => votes))
  return { sum: points.reduce((sum, { votes }) => sum + votes, 0), unit: 100 / maxVotes }
}

/**
 * What any page may say of its viewer. Where several viewers share a page, all of it is part of the
 * key.
 */
export interface PageViewer {
  isSignedIn: boolean
  /** The account's name; null for a guest. */
  name: string | null
  /** The account is an administrator, also without the second factor that it may need to act. */
  isAdmin: boolean
  /** An administrator who may open, close and delete polls of others. */
  actsAsAdmin: boolean
  /** Null: the theme of the device. */
  theme: 'light' | 'dark' | null
  /** Binds forms to the account; empty for a guest. */
  formOwner: string
  /** The session store is down: every client is a guest, and writes are rejected. */
  isReadOnly: boolean
}

/** Globals that administrators change: app/plugins/settings.ts. */
interface PageGlobals {
  timeZone: string
  instance: {
    name: string
    /** The address of the logo; null: the sign of the program. */
    logo: string | null
    /** The address of a style sheet with the accent; null: that of tokens.css. */
    style: string | null
    hasImprint: boolean
    hasPrivacy: boolean
    /** Days from closing to deletion of new polls, and the most that can be chosen. */
    retentionDays: number | null
    maxRetentionDays: number | null
    /** Anyone may register. */
    isOpen: boolean
    /** Polls can be created without an account. */
    takesGuestPolls: boolean
  }
}

/** All that a template can read beside the globals. */
interface PageModel {
  page: object
  viewer: PageViewer
  t: Catalogue
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Sets globals that change while the process runs. */
    setPageGlobals(globals: PageGlobals): void
    /** Renders a page as HTML: `renderPage('polls/question', model)`. */
    renderPage(template: string, model: PageModel): Promise<string>
  }
  interface FastifyRequest {
    readonly pageViewer: PageViewer
  }
  interface FastifyReply {
    /** Sets the headers of a page: its type, and what it depends on beside its address. */
    asPage(): FastifyReply
    /** Answers with a page for the viewer of this request. */
    page(template: string, page: object): Promise<FastifyReply>
  }
}

/**
 * Makes what pages say of their viewer. A request that is refused early has no user and no cookies.
 */
function pageViewer(this: Partial<FastifyRequest>): PageViewer {
  const { user, actsAsAdmin, theme, formOwner, sessionsDown } = this
  return {
    isSignedIn: Boolean(user),
    name: user?.name ?? null,
    isAdmin: Boolean(user?.is_admin),
    actsAsAdmin: Boolean(actsAsAdmin),
    theme: theme ?? null,
    formOwner: formOwner ?? '',
    isReadOnly: Boolean(sessionsDown)
  }
}

function asPage(this: FastifyReply) {
  return this.type('text/html; charset=utf-8').header('vary', 'Accept, Accept-Language, Cookie')
}

async function page(this: FastifyReply, template: string, model: object) {
  const { server, pageViewer: viewer, locale: t } = this.request
  return this.asPage().send(await server.renderPage(template, { page: model, viewer, t }))
}

export const templates = fp<
  Config['development'] & Pick<Config['server'], 'publicUrl'> & Pick<Config, 'signIn' | 'mail'>
>(
  async (app, { reloadTemplates, publicUrl, signIn, mail }) => {
    let environment: Environment | undefined
    app.decorate('setPageGlobals', changed => {
      for (const [name, value] of Object.entries(changed)) environment?.addGlobal(name, value)
    })
    const globals = {
      url: (name: string, params?: Record<string, string | number>) => addressOf(app, name, params),
      path: (name: string, params?: Record<string, string | number>) => pathOf(app, name, params),
      basePath: app.basePath,
      asset: app.asset,
      fullLink: app.link,
      ways: { passwords: signIn.passwords, provider: signIn.oidc?.name ?? null },
      hasMail: mail !== null,
      hasPublicUrl: publicUrl !== null,
      languages: app.languages.all.map(({ tag, name }) => ({ tag, name })),
      bdi,
      linkTo,
      ownerField,
      withLinks,
      withNextPath,
      shorten,
      plotScale,
      zoneOfTimes,
      decisionOf,
      timeZones: TIME_ZONES,
      isOfferAhead,
      labelsOf: (keys: string[], labels: Record<string, string>) => keys.map(key => labels[key] ?? key),
      names: (choices: Array<{ choice_text: string }>) => choices.map(choice => strong(choice.choice_text))
    }
    await app.register(fastifyView, {
      engine: { nunjucks },
      templates: folder,
      options: {
        noCache: reloadTemplates,
        onConfigure: (configured: Environment) => {
          environment = configured
          for (const [name, value] of Object.entries(globals)) configured.addGlobal(name, value)
          if (!reloadTemplates) readTemplates(configured)
        }
      }
    })

    app.decorate('renderPage', async (template, model) => {
      const startedAt = performance.now()
      try {
        return await app.view(`${template}.html`, model)
      } finally {
        app.timing?.add('template', performance.now() - startedAt)
      }
    })
    app.decorateRequest('pageViewer', { getter: pageViewer })
    app.decorateReply('asPage', asPage)
    app.decorateReply('page', page)
  },
  {
    name: 'templates',
    fastify: '5.x',
    dependencies: ['views', 'static-files', 'site-address', 'locale', 'server-timing']
  }
)
