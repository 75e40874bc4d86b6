/** Sends mail while the process runs, where a mail server is configured. */
import { domainToASCII } from 'node:url'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import type { Subscription } from '../mail/message.ts'
import type { CompleteMail, Mail, Prepared } from '../models/mail/mail.ts'
import type { MailConfig } from '../mail/transport.ts'
import { OutboxSender } from '../outbox/outbox-sender.ts'
import { addressOf } from '../view.ts'
import { createSignerFor } from './signing.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Null: no mail server is configured. */
    mailSender: OutboxSender<Mail> | null
    /** Links that end mail without sign-in. */
    unsubscribe: {
      linkOf: (subscription: Subscription) => string
      /** Returns what a token ends; null: it is not one of ours. */
      read: (token: string) => Subscription | null
    }
  }
}

/** Tokens are signed and not stored: links of old mails stay valid. */
function createTokens(app: FastifyInstance, session: Config['session']): FastifyInstance['unsubscribe'] {
  const signer = createSignerFor('unsubscribe', session)
  return {
    linkOf(subscription) {
      const text = 'user' in subscription ? `${subscription.user}` : `i${subscription.invitation}`
      const token = Buffer.from(signer.sign(text)).toString('base64url')
      return app.link(addressOf(app, 'Unsubscribe', { token }))
    },
    read(token) {
      const { valid, value } = signer.unsign(Buffer.from(token, 'base64url').toString())
      if (!valid) return null
      return value.startsWith('i') ? { invitation: Number(value.slice(1)) } : { user: Number(value) }
    }
  }
}

async function createMailSender(app: FastifyInstance, config: MailConfig): Promise<OutboxSender<Mail>> {
  // Loaded only where mail is configured.
  const { deliver, MAX_IN_FLIGHT } = await import('../mail/delivery.ts')
  const { addressIn, createSender, reasonOf } = await import('../mail/transport.ts')
  const { messageOf } = await import('../mail/message.ts')
  const [, domain = ''] = addressIn(config.from).split('@')
  const resetLink = (token: string) => app.link(addressOf(app, 'Reset', { token }))
  const pollLink = (slug: string) => app.link(addressOf(app, 'Question', { question: slug }))
  const prepare = async (mail: Mail): Promise<Prepared> => {
    if (mail.kind === 'forgot') return app.resetMails.prepare(mail, resetLink)
    if (mail.kind === 'digest') return app.digests.prepare(mail)
    return mail.kind === 'listed' ? app.listMails.prepare(mail, pollLink) : mail
  }
  const site = () => ({
    name: app.settings.current.name,
    link: app.link(`${app.basePath}/`),
    timeZone: app.timeZone,
    language: app.languages.getDefault(),
    unsubscribeLink: app.unsubscribe.linkOf
  })
  const delivery = {
    outbox: app.outbox,
    prepare,
    messageOf: (mail: CompleteMail) => messageOf(mail, site(), domainToASCII(domain)),
    send: createSender(config),
    reasonOf,
    onFailure: ({ id, kind, attempt }: Mail, reason: string, isGivenUp: boolean) =>
      app.log.warn(
        { mail: id, kind, attempt, reason },
        isGivenUp ? 'a mail was given up' : 'a mail was not sent'
      )
  }
  const onError = (err: unknown) => app.log.warn({ err }, 'mail waits: it could not be read or stored')
  return new OutboxSender({
    maxInFlight: MAX_IN_FLIGHT,
    sweep: async () => {
      const hasMore = await app.digests.sweep(pollLink).catch((error: unknown) => {
        onError(error)
        return false
      })
      await app.listMails.sweep()
      return hasMore
    },
    lease: max => app.outbox.lease(max),
    deliver: (mail, closing) => deliver(mail, delivery, closing),
    onError
  })
}

export const mail = fp<Pick<Config, 'mail' | 'session'>>(
  async (app, { mail: config, session }) => {
    app.decorate('unsubscribe', createTokens(app, session))
    const sender = config && (await createMailSender(app, config))
    app.decorate('mailSender', sender)
    if (!sender) return
    app.addHook('onReady', async () => sender.start())
    app.addHook('preClose', () => sender.close())
  },
  { name: 'mail', fastify: '5.x', dependencies: ['models', 'settings', 'views', 'site-address', 'locale'] }
)
