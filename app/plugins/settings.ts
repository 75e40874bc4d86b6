/**
 * app.settings: the settings of the instance, which administrators change on every replica at once.
 */
import { hash } from 'node:crypto'
import fp from 'fastify-plugin'
import { ConfigError } from '../config/errors.ts'
import type { Config } from '../config/load.ts'
import { type InstanceSettings, type Logo, Settings, sourceOf } from '../models/instance/settings.ts'
import { defaultRetention } from '../values/retention.ts'
import { addressOf } from '../view.ts'
import { startTimer } from './timer.ts'

declare module 'fastify' {
  interface FastifyInstance {
    settings: Settings
    /** In which times are typed and shown. */
    readonly timeZone: string
    /** The address of the logo, which changes with it; null: the sign of the program. */
    readonly logoAddress: string | null
    /**
     * The address of the style sheet, which changes with the accent; null: the colours of the
     * program.
     */
    readonly styleAddress: string | null
  }
}

/** How long a process keeps old settings after a lost message or a failed read. */
const REREAD_INTERVAL_MS = 10_000

const hashOf = ({ data }: Logo) => hash('sha256', data, 'base64url').slice(0, 10)

export const settings = fp<Config>(
  async (app, config) => {
    const { changeEvents } = app
    const { language } = config.site
    const tags = app.languages.all.map(({ tag }) => tag)
    if (!tags.includes(language)) throw new ConfigError(`✖ site.language: expected one of ${tags.join(', ')}`)
    const settings = new Settings(app.db, sourceOf(config), () => changeEvents.publishSettings())
    app.decorate('settings', settings)
    app.decorate('timeZone', { getter: () => settings.current.time_zone })
    const reload = () =>
      settings.reload().catch((err: unknown) => app.log.warn({ err }, 'could not read the settings'))
    startTimer(app, reload, REREAD_INTERVAL_MS)

    let logoAddress: string | null = null
    let styleAddress: string | null = null
    app.decorate('logoAddress', { getter: () => logoAddress })
    app.decorate('styleAddress', { getter: () => styleAddress })
    const show = (current: InstanceSettings) => {
      const { name, accent, logo, imprint, privacy, registration, guest_polls, time_zone } = current
      logoAddress = logo && `${addressOf(app, 'SiteLogo')}?v=${hashOf(logo)}`
      styleAddress = accent && `${addressOf(app, 'SiteStyle')}?v=${accent.slice(1)}`
      app.setPageGlobals({
        timeZone: time_zone,
        instance: {
          name,
          logo: logoAddress,
          style: styleAddress,
          hasImprint: imprint !== '',
          hasPrivacy: privacy !== '',
          takesGuestPolls: guest_polls,
          retentionDays: defaultRetention(current),
          maxRetentionDays: current.max_retention_days,
          isOpen: config.signIn.passwords && (registration === 'open' || registration === 'domains')
        }
      })
    }
    app.addHook('onReady', async () => {
      await settings.reload()
      settings.subscribe(show)
      settings.subscribe(({ language }) => app.languages.setDefault(language))
      for (const event of ['settings', 'missed'] as const) changeEvents.on(event, () => void reload())
    })
  },
  {
    name: 'settings',
    fastify: '5.x',
    dependencies: ['database', 'locale', 'change-events', 'templates', 'views']
  }
)
