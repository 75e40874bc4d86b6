/** What a mail says: subject and text in the language of its reader, and its headers. */
import { catalogues } from '../i18n/catalogues.ts'
import type { Catalogue } from '../i18n/locales/en.ts'
import type { Content, Mail } from '../models/mail/outbox.ts'

/** What mails say of the site. */
export interface Site {
  name: string
  /** Its absolute address. */
  link: string
  timeZone: string
  /** The language of readers who have chosen none. */
  language: Catalogue
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
}

function textOf(content: Content, t: Catalogue, { name, timeZone }: Site): Text {
  switch (content.kind) {
    case 'forgot':
      throw new Error('a mail is sent before it is prepared')
    case 'reset': {
      const { link, expires } = content.payload
      const text = t.mails.reset(name, link, t.inWords(expires, timeZone))
      return { subject: t.mails.resetSubject(name), text }
    }
    case 'confirmation': {
      const { link, expires } = content.payload
      const text = t.mails.confirmation(name, link, t.inWords(expires, timeZone))
      return { subject: t.mails.confirmationSubject(name), text }
    }
    case 'invitation': {
      const { link, expires } = content.payload
      const text = t.mails.invitation(name, link, t.inWords(expires, timeZone))
      return { subject: t.mails.invitationSubject(name), text }
    }
  }
}

/**
 * Makes the message of a mail. `domain`: that of the sender. The id is the same in every attempt, so
 * that a reader's program shows a mail once that was sent twice.
 */
export function messageOf(mail: Mail, site: Site, domain: string): Message {
  const t = catalogues.find(({ tag }) => tag === mail.locale) ?? site.language
  const { subject, text } = textOf(mail, t, site)
  return {
    messageId: `<${mail.id}.${mail.create_time.replaceAll(/\D/g, '')}@${domain}>`,
    to: { name: '', address: mail.recipient },
    date: new Date(`${mail.create_time.replace(' ', 'T')}Z`),
    subject,
    text: `${text}\n\n-- \n${site.name}\n${site.link}\n`,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': t.tag }
  }
}
