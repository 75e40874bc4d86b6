/** Sign-in at a provider: what it says about a person, and what the browser keeps meanwhile. */
import { z } from 'zod'
import { codePoints, cutText, hasVisible } from '../values/text.ts'
import { Carried } from './carried-form.ts'
import { doneField, optionalBody } from './fields.ts'
import { CurrentPassword, Email, Next } from './accounts.ts'
import { Time } from './answers.ts'
import { isClean } from './text.ts'

/** Maximum code points of a name. */
const MAX_NAME = 40

const Text = z.string().catch('')

/** Returns an address that an account can have; null for any other. */
const toEmail = (text: string): string | null => Email.safeParse(text).data ?? null

/** Cuts a name to what an account can have. Empty if it shows nothing. */
function toName(text: string): string {
  const shown = [...text.replaceAll(/\s+/g, ' ')]
    .filter(character => isClean(character))
    .join('')
    .trim()
  const cut =
    codePoints(shown) <= MAX_NAME ? shown : cutText([...shown].slice(0, MAX_NAME).join(''), MAX_NAME)
  return hasVisible(cut) ? cut : ''
}

/**
 * The claims of an ID token and of the user info. An issuer and a subject that a key cannot hold
 * are invalid; an address that the provider calls unverified is null. `isVerified`: it calls the
 * address verified; some say nothing.
 */
export const Claims = z
  .object({
    iss: z.string().regex(/^[\x21-\x7e]{1,255}$/),
    sub: z.string().regex(/^[\x21-\x7e]{1,255}$/), // a space at the end would make no difference to MySQL
    email: Text,
    email_verified: z.unknown().optional(), // a key that is missing is none for z.unknown()
    name: Text,
    preferred_username: Text,
    groups: z.preprocess(groups => [groups].flat(), z.array(z.unknown()))
  })
  .transform(({ iss, sub, email, email_verified, name, preferred_username, groups }) => {
    const isRefuted = email_verified === false || email_verified === 'false'
    const isVerified = email_verified === true || email_verified === 'true'
    const address = isRefuted ? null : toEmail(email)
    const names = [name, preferred_username, email.split('@')[0] ?? ''].map(toName)
    return {
      issuer: iss,
      subject: sub,
      email: address,
      isVerified,
      name: names.find(Boolean) ?? 'Account',
      groups: groups.filter(group => typeof group === 'string')
    }
  })
export type Claims = z.output<typeof Claims>

/** The values that tie an answer of the provider to the browser and to the question. */
const checks = { state: z.string(), nonce: z.string(), verifier: z.string() }
export type Checks = z.output<z.ZodObject<typeof checks>>

/** What the browser keeps, signed, while its user is at the provider. */
export const Flow = z.object({
  ...checks,
  /** Where the user came from. */
  next: z.string(),
  /** Milliseconds since 1970. */
  until: z.number(),
  /** The account that is connected, of a user who is signed in. */
  connect: z.int().nullable(),
  /** The key of the form that is sent after sign-in. */
  form: z.string().nullable()
})
export type Flow = z.output<typeof Flow>

/** Where the sign-in leads, and the form that waits for it. */
export const ProviderLoginBody = optionalBody(z.object({ next: Next, carried: Carried }))

export const ConnectionQuery = z.object({
  done: doneField('connected', 'disconnected')
})

/** Connects the account, or disconnects it. */
export const ConnectionBody = z.object({
  act: z.enum(['connect', 'disconnect']),
  current: CurrentPassword
})

const Identity = z
  .object({ issuer: z.string(), subject: z.string(), create_time: Time })
  .meta({ id: 'Identity', description: 'Who the account is at an OpenID provider.' })

export const IdentityList = z.object({ identities: z.array(Identity) }).meta({ id: 'IdentityList' })
