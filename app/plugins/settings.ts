/** app.settings: the settings of the instance, which administrators change on every replica at once. */
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { type InstanceSettings, Settings, sourceOf } from '../models/instance/settings.ts'
import { addressOf } from '../view.ts'

declare module 'fastify' {
  interface FastifyInstance {
    settings: Settings
    /** In which times are typed and shown. */
    readonly timeZone: string
  }
}

export const settings = fp<Config>(
  async (app, config) => {
    const { questionEvents } = app
    const { language } = config.site
    const tags = app.languages.all.map(({ tag }) => tag)
    if (!tags.includes(language)) throw new Error(`site.language: expected one of ${tags.join(', ')}`)
    const settings = new Settings(app.db, sourceOf(config), () => questionEvents.publishSettings())
    app.decorate('settings', settings)
    app.decorate('timeZone', { getter: () => settings.current.time_zone })
    const reload = () =>
      void settings.reload().catch((err: unknown) => app.log.warn({ err }, 'could not read the settings'))

    const show = ({ name, accent, imprint, privacy, registration, time_zone }: InstanceSettings) =>
      app.setPageGlobals({
        timeZone: time_zone,
        instance: {
          name,
          style: accent && `${addressOf(app, 'SiteStyle')}?v=${accent.slice(1)}`,
          hasImprint: imprint !== '',
          hasPrivacy: privacy !== '',
          isOpen: config.signIn.passwords && (registration === 'open' || registration === 'domains')
        }
      })
    app.addHook('onReady', async () => {
      await settings.reload()
      settings.subscribe(show)
      settings.subscribe(({ language }) => app.languages.setDefault(language))
      questionEvents.onSettings(reload)
    })
  },
  { name: 'settings', fastify: '5.x', dependencies: ['database', 'locale', 'question-events', 'templates'] }
)
