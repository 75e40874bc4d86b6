/** Settings of mail: the server that takes it, and who it is from. */
import { z } from 'zod'
import { isLoopbackHost, optionalText, port, secret } from './values.ts'

/** `polls@example.org`, or with a name: `Polls <polls@example.org>`. */
const SENDER = /^(?:[^\p{C}<>@"]{1,80} )?<?[^\s<>@",;:]+@[^\s<>@",;:]+>?$/u

const address = z
  .string()
  .refine(
    text => SENDER.test(text) && text.includes('<') === text.endsWith('>'),
    'expected an address like polls@example.org or Polls <polls@example.org>'
  )

/** A password in clear text is for a server on this machine alone. */
const isSafe = ({ security, host, user }: { security: string; host: string; user: string | null }) =>
  security !== 'none' || user === null || isLoopbackHost(host)

export const mail = z
  .strictObject({
    host: z.string().min(1).describe('Host of the mail server (SMTP).'),
    port: port
      .nullable()
      .default(null)
      .describe('Its port; null: 587 for `starttls`, 465 for `tls`, 25 for `none`.'),
    security: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe(
        'Encryption: `starttls` after the connection is made, `tls` from its beginning, `none`. A mail is never sent with less than this.'
      ),
    ca: optionalText.describe(
      'File of the certificate authority that signed the certificate of the server; null: those of the system.'
    ),
    user: optionalText.describe('User at the server; null: none.'),
    password: secret('Password of the user.'),
    url: secret(
      'Address with user and password, instead of host, port, security, user and password: `smtp://user:password@mail.example.org` (STARTTLS) or `smtps://` (TLS).'
    ),
    from: address.describe('Sender of all mails: `Polls <polls@example.org>`, or the address alone.'),
    replyTo: address.nullable().default(null).describe('Where answers go; null: to the sender.')
  })
  .refine(({ user, password }) => (user === null) === (password === null), {
    path: ['password'],
    error: 'user and VOTE_MAIL_PASSWORD belong together'
  })
  .refine(isSafe, {
    path: ['security'],
    error: 'none would send the password in clear text: expected starttls or tls'
  })
  .nullable()
  .default(null)
  .describe(
    'Mail: reset links, invitations, confirmations, digests, and links and reminders of voter lists. Null: none is sent, and nothing asks for it.'
  )
