/** What a mail says: subject and text in the language of its reader, and its headers. */
import { catalogues } from '../i18n/catalogues.ts'
import type { Catalogue } from '../i18n/locales/en.ts'
import type { CompleteMail, Payloads } from '../models/mail/mail.ts'
import { fromDatabase } from '../values/time.ts'

/**
 * Mail that its reader can end: the digests of an account, or mail to an invitation of a voter
 * list.
 */
export type Subscription = { user: number } | { invitation: number }

/** What mails say of the site. */
export interface Site {
  name: string
  /** Its absolute address. */
  link: string
  timeZone: string
  /** The language of readers who have chosen none. */
  language: Catalogue
  /** Returns the address that ends mail of a kind. */
  unsubscribeLink: (subscription: Subscription) => string
}

interface Text {
  subject: string
  text: string
}

/** A mail as nodemailer takes it, except for its sender. */
export interface Message extends Text {
  messageId: string
  to: { name: string; address: string }
  date: Date
  headers: Record<string, string>
  /** Makes `List-Unsubscribe`. */
  list?: { unsubscribe: { url: string } }
}

function textOf(mail: CompleteMail, t: Catalogue, { name, timeZone }: Site): Text {
  const withLink = (
    { link, expires }: Payloads['reset'],
    subject: Catalogue['mails']['resetSubject'],
    text: Catalogue['mails']['reset']
  ) => ({ subject: subject(name), text: text(name, link, t.inWords(expires, timeZone)) })
  switch (mail.kind) {
    case 'reset':
      return withLink(mail.payload, t.mails.resetSubject, t.mails.reset)
    case 'confirmation':
      return withLink(mail.payload, t.mails.confirmationSubject, t.mails.confirmation)
    case 'address':
      return withLink(mail.payload, t.mails.addressSubject, t.mails.address)
    case 'invitation':
      return withLink(mail.payload, t.mails.invitationSubject, t.mails.invitation)
    case 'digest': {
      const { lines, more } = mail.payload
      const sections = lines.map(
        ({ poll, link, votes, closed }) => `${poll}\n${t.mails.digestLine(votes, closed)}\n${link}`
      )
      const rest = more > 0 ? [t.mails.digestMore(more)] : []
      const text = [t.mails.digest(name), ...sections, ...rest].join('\n\n')
      return { subject: t.mails.digestSubject(name), text }
    }
    case 'ballot': {
      const { poll, link, closes, timeZone: zone, isReminder } = mail.payload
      const until = closes && t.inWords(closes, zone ?? timeZone)
      if (!isReminder)
        return { subject: t.mails.ballotSubject(poll), text: t.mails.ballot(name, poll, link, until) }
      return { subject: t.mails.reminderSubject(poll), text: t.mails.reminder(name, poll, link, until) }
    }
    case 'moved':
      return { subject: t.mails.movedSubject(name), text: t.mails.moved(name) }
  }
}

function subscriptionOf(mail: CompleteMail): Subscription | null {
  if (mail.kind === 'ballot') return { invitation: mail.payload.invitation }
  return mail.kind === 'digest' && mail.user_id !== null ? { user: mail.user_id } : null
}

/**
 * Makes the message of a mail. `domain`: that of the sender. The id is the same in every attempt,
 * so that a reader's program shows a mail once that was sent twice.
 */
export function messageOf(mail: CompleteMail, site: Site, domain: string): Message {
  const t = catalogues.find(({ tag }) => tag === mail.locale) ?? site.language
  const { subject, text } = textOf(mail, t, site)
  const message = {
    messageId: `<${mail.id}.${mail.create_time.replaceAll(/\D/g, '')}@${domain}>`,
    to: { name: '', address: mail.recipient },
    date: new Date(fromDatabase(mail.create_time)),
    subject,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': t.tag }
  }
  const end = `\n\n-- \n${site.name}\n${site.link}\n`
  const subscription = subscriptionOf(mail)
  if (!subscription) return { ...message, text: text + end }
  const url = site.unsubscribeLink(subscription)
  return {
    ...message,
    text: `${text}\n\n${t.mails.unsubscribe(url)}${end}`,
    headers: { ...message.headers, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }, // RFC 8058
    list: { unsubscribe: { url } }
  }
}
