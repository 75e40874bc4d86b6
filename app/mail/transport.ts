/**
 * Hands one mail to the mail server: nodemailer with limits of time, and without files or addresses
 * in mails.
 */
import { createTransport } from 'nodemailer'
import type { Config } from '../config/load.ts'
import { readSettingFile } from '../config/setting-file.ts'
import type { Message } from './message.ts'

/** To connect, to be greeted, and between two answers. */
const STEP_TIMEOUT_MS = 10_000
/** For all of it: a server that sends a byte now and then must not hold up others. */
const TOTAL_TIMEOUT_MS = 30_000

const PORTS = { starttls: 587, tls: 465, none: 25 }

export type MailConfig = NonNullable<Config['mail']>
export type SendMail = (message: Message, closing: AbortSignal) => Promise<void>

/** Returns the address of a sender, without the name. */
export const addressIn = (sender: string): string => /<(.*)>$/.exec(sender)?.[1] ?? sender

const toSender = (sender: string) => ({
  name: /^(.*) </.exec(sender)?.[1] ?? '',
  address: addressIn(sender)
})

/** Says why a mail was not sent: codes only, because answers of servers repeat addresses. */
export function reasonOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  return [code ?? 'failed', responseCode].filter(Boolean).join(' ')
}

/**
 * Returns what sends a mail. It rejects with an error of nodemailer. Throws ConfigError if `ca`
 * cannot be read.
 */
export function createSender(config: MailConfig, stepTimeoutMs = STEP_TIMEOUT_MS): SendMail {
  const { host, port, security, ca, user, password, from, replyTo } = config
  const transport = createTransport({
    host,
    port: port ?? PORTS[security],
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(ca !== null && { tls: { ca: readSettingFile('mail.ca', ca) } }),
    ...(user !== null && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: stepTimeoutMs,
    greetingTimeout: stepTimeoutMs,
    socketTimeout: stepTimeoutMs,
    dnsTimeout: stepTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true
  })
  const sender = { from: toSender(from), ...(replyTo !== null && { replyTo: toSender(replyTo) }) }
  return async (message, closing) => {
    const signal = AbortSignal.any([AbortSignal.timeout(TOTAL_TIMEOUT_MS), closing])
    await transport.sendMail({ ...message, ...sender, signal })
  }
}
