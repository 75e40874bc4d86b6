/** Input of /register, /login, /account and /reset. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { doneField, oneOf, optionalBody } from './fields.ts'
import { dropInvisibleAround } from '../values/address-text.ts'
import { isCommon } from '../values/common-passwords.ts'
import { canonicalEmail, isEmail } from '../values/email.ts'
import { withoutAround } from '../values/list.ts'
import { REGISTRATION_MODES } from '../values/registration.ts'
import { Carried } from './carried-form.ts'
import { Locale } from './preferences.ts'
import { SettingsBody } from './settings.ts'
import { codePoints, dropInvisible } from '../values/text.ts'
import { isClean, line } from './text.ts'
import { yesOrNo } from './truth.ts'

/**
 * An e-mail address in its canonical form, out of the brackets or quotes in which it was pasted.
 */
export const Email = z
  .string(messageKey('email'))
  .transform(text => canonicalEmail(withoutAround(text)))
  .refine(text => isClean(text) && isEmail(text), {
    error: messageKey('notAnEmail'),
    abort: true
  })
  .refine(text => codePoints(text) <= 254, messageKey('atMostCharacters', 254)) // RFC 5321, 4.5.3.1.3: a path is 256 with its brackets

// 8: NIST SP 800-63B and ASVS 6.2.1. 128: long enough for sentences; a megabyte would be a cheap
// attack on argon2.
const NewPassword = z
  .string(messageKey('password'))
  .normalize('NFC') // as it is hashed: app/models/accounts/passwords.ts
  .refine(text => codePoints(text) >= 8, { error: messageKey('atLeastCharacters', 8), abort: true })
  .refine(text => codePoints(text) <= 128, { error: messageKey('atMostCharacters', 128), abort: true })
  .refine(text => text.isWellFormed(), messageKey('unreadableCharacters'))
  .refine(text => !isCommon(text), messageKey('commonPassword'))
  .meta({ minLength: 8, maxLength: 128 })

const phone = z
  .string(messageKey('phoneOrNothing'))
  .transform(text => dropInvisible(text).trim())
  .refine(text => text.length <= 40, messageKey('atMostCharacters', 40))
  .transform(text => text || null)
  .nullish()

const name = line(40, messageKey('name'))

// 512: in UTF-16 units, so that no password of 128 characters is cut.
const GivenPassword = z
  .string(messageKey('yourPassword'))
  .min(1, messageKey('yourPassword'))
  .max(512, messageKey('atMostCharacters', 128))

/** Empty where nothing needs it, or where the account has none: Accounts.confirm decides. */
export const CurrentPassword = z
  .string(messageKey('yourPassword'))
  .max(512, messageKey('atMostCharacters', 128))
  .default('')

/** Maximum bytes of a path in a redirect. Headers must fit a proxy's buffer. */
export const MAX_NEXT_BYTES = 512

/** A path of this site. Anything else, and a path that is too long, becomes the home page. */
export const Next = z
  .string()
  .catch('/')
  .transform(text => {
    const here = 'http://here.invalid'
    const target = text.startsWith('/') && URL.canParse(text, here) ? new URL(text, here) : new URL(here)
    // `/.//evil.example` resolves to `//evil.example`, which browsers treat as another host.
    const path = target.pathname.replace(/^\/+/, '/')
    const next = path + target.search + target.hash // ASCII: URL encodes the rest
    return target.origin === here && next.length <= MAX_NEXT_BYTES ? next : '/'
  })
  .meta({ isInternal: true })

const { name: siteName, time_zone, home_region } = SettingsBody.shape
/** Domains are listed later, at /admin/settings. */
const modes = REGISTRATION_MODES.filter(mode => mode !== 'domains')

/** What the first administrator also says of the site: the set-up page sends it. */
const siteFields = {
  site_name: siteName.meta({ isInternal: true }),
  registration: oneOf(...modes)
    .optional()
    .meta({ isInternal: true }),
  time_zone: time_zone.meta({ isInternal: true }),
  home_region: home_region.meta({ isInternal: true })
}
export type SiteFields = z.output<z.ZodObject<typeof siteFields>>

/** In the order of the form, which is that of its mistakes. */
export const Registration = z.object({
  name,
  email: Email,
  phone,
  password: NewPassword,
  ...siteFields,
  next: Next,
  carried: Carried
})

export const Credentials = z.object({
  account: z
    .string(messageKey('account'))
    .transform(text => dropInvisibleAround(text).replaceAll('\t', ' ').trim())
    .refine(text => text !== '', { error: messageKey('account'), abort: true })
    .refine(text => codePoints(text) <= 254, { error: messageKey('atMostCharacters', 254), abort: true })
    .refine(text => isClean(text), messageKey('unreadableCharacters')),
  password: GivenPassword,
  /** Of the second factor: six digits, or a recovery code. */
  code: z.string(messageKey('secondCode')).trim().max(64, messageKey('atMostCharacters', 64)).optional(),
  next: Next,
  carried: Carried
})

export const WithNext = z.object({
  next: Next,
  /** The action that redirected here, which the page confirms. */
  done: doneField('reset', 'deleted', 'confirm')
})

export const AccountQuery = z.object({
  done: doneField('saved', 'password', 'confirm', 'email')
})

/** The user's data. A missing `phone` or `locale` keeps the value, an empty one removes it. */
export const AccountBody = z.object({
  name,
  email: Email,
  phone,
  locale: z.preprocess(tag => (tag === '' ? null : tag), Locale.nullish()),
  /** The current password, required to change e-mail or phone. */
  current: CurrentPassword
})

export const PasswordBody = z.object({ current: CurrentPassword, password: NewPassword })

/** After sessions were ended, the list says so. */
export const SessionsQuery = z.object({ done: doneField('ended', 'others') })

/** Ends the session with this handle; without a handle, all except the current one. */
export const SessionsBody = optionalBody(
  z.object({
    session: z
      .string(messageKey('session'))
      .regex(/^[\w-]{22}$/, messageKey('session'))
      .optional()
  })
)

export const DeleteAccountBody = z.object({
  current: CurrentPassword,
  votes: z.enum(['withdraw', 'keep'], messageKey('whichVotes'))
})

/** The token of a link: 128 random bits. Any other path is not found. */
const linkToken = z.string().regex(/^[\w-]{1,100}$/)
export const LinkParams = z.object({ token: linkToken })
export const InvitationParams = z.object({ invitation: linkToken })
export const ForgotQuery = z.object({
  done: doneField('sent')
})
export const ForgotBody = z.object({ email: Email })
export const DigestBody = z.object({ digest: yesOrNo })
/** Mail programs send a form of either kind (RFC 8058); the address alone says what is asked. */
export const UnsubscribeBody = z.object({})
export const UnsubscribeQuery = z.object({ done: doneField('1') })
/** The password that was chosen at registration. */
export const ConfirmBody = z.object({ password: GivenPassword })
export const ResetBody = z.object({ password: NewPassword })
