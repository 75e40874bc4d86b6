/** Sends webhooks while the process runs, at once after an edit and otherwise by a timer. */
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { Changes } from '../models/webhooks/changes.ts'
import { Deliveries, type Delivery } from '../models/webhooks/deliveries.ts'
import { OutboxSender } from '../outbox/outbox-sender.ts'
import { addressOf } from '../view.ts'
import { deliver, MAX_IN_FLIGHT } from '../webhooks/delivery.ts'
import { AddressGuard } from '../webhooks/guard.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Decides which addresses webhooks may have. */
    webhookGuard: AddressGuard
    webhookSender: OutboxSender<Delivery>
  }
}

export const webhooks = fp<Config['webhooks']>(
  async (app, { allowedNetworks }) => {
    const guard = new AddressGuard(allowedNetworks)
    const linkOf = (slug: string) => app.link(addressOf(app, 'Question', { question: slug }))
    const readPoll = (slug: string) => app.questions.read(slug)
    const changes = new Changes(app.db, linkOf, readPoll, (err, { webhook_id: webhook, id: question }) =>
      app.log.warn(
        { err, webhook, question },
        'a change of a poll could not be stored for a webhook: the next sweep tries again'
      )
    )
    const deliveries = new Deliveries(app.db)
    const delivery = {
      deliveries,
      guard,
      defaultLanguage: app.languages.getDefault,
      onDisabled: (webhook: number, err?: Error) =>
        app.log.warn({ webhook, err }, 'a webhook was disabled: its receiver fails')
    }
    const sender = new OutboxSender<Delivery>({
      maxInFlight: MAX_IN_FLIGHT,
      sweep: () => changes.sweep(),
      lease: (max, inFlight) => deliveries.lease(max, inFlight),
      deliver: (leased, closing) => deliver(leased, delivery, closing),
      onError: err => app.log.warn({ err }, 'webhooks wait: they could not be read or stored')
    })
    app.decorate('webhookGuard', guard)
    app.decorate('webhookSender', sender)
    app.changeEvents.on('edit', () => sender.wake())
    app.addHook('onReady', async () => sender.start())
    app.addHook('preClose', () => sender.close())
  },
  {
    name: 'webhooks',
    fastify: '5.x',
    dependencies: ['models', 'change-events', 'views', 'site-address', 'locale']
  }
)
