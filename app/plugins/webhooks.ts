/** Sends webhooks while the process runs, at once after an edit and otherwise by a timer. */
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { Changes } from '../models/webhooks/changes.ts'
import { Deliveries, type Delivery } from '../models/webhooks/deliveries.ts'
import type { OutboxSender } from '../outbox/outbox-sender.ts'
import { addressOf } from '../view.ts'
import { createDispatcher } from '../webhooks/dispatcher.ts'
import { AddressGuard } from '../webhooks/guard.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Decides which addresses webhooks may have. */
    webhookGuard: AddressGuard
    dispatcher: OutboxSender<Delivery>
  }
}

export const webhooks = fp<Config['webhooks']>(
  async (app, { allowedNetworks }) => {
    const guard = new AddressGuard(allowedNetworks)
    const linkOf = (slug: string) => app.link(addressOf(app, 'Question', { question: slug }))
    const dispatcher = createDispatcher({
      changes: new Changes(app.db, linkOf, (err, { webhook_id: webhook, id: question }) =>
        app.log.warn(
          { err, webhook, question },
          'a change of a poll could not be stored for a webhook: the next sweep tries again'
        )
      ),
      deliveries: new Deliveries(app.db),
      guard,
      defaultLanguage: app.languages.getDefault,
      onError: err => app.log.warn({ err }, 'webhooks wait: they could not be read or stored'),
      onDisabled: (webhook, err) =>
        app.log.warn({ webhook, err }, 'a webhook was disabled: its receiver fails')
    })
    app.decorate('webhookGuard', guard)
    app.decorate('dispatcher', dispatcher)
    app.changeEvents.on('edit', () => dispatcher.wake())
    app.addHook('onReady', async () => dispatcher.start())
    app.addHook('preClose', () => dispatcher.close())
  },
  { name: 'webhooks', fastify: '5.x', dependencies: ['models', 'change-events', 'views', 'site-address'] }
)
