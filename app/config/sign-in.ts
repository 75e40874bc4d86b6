/** Settings of sign-in: local passwords, and an OpenID provider. */
import { z } from 'zod'
import { isLoopbackHost, optionalText } from './values.ts'

/**
 * Plain HTTP is for a provider on this machine alone: nothing else hides the secret and the codes.
 */
const isIssuer = (text: string) => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, search, hash, username } = new URL(text)
  return (
    (protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))) &&
    !(search || hash || username)
  )
}

const oidc = z
  .strictObject({
    issuer: z
      .string()
      .refine(isIssuer, 'expected an address like https://login.example.org')
      .describe(
        'Address of the provider, as it names itself; `/.well-known/openid-configuration` is below it.'
      ),
    clientId: z.string().min(1).describe('Name of this site at the provider.'),
    clientSecret: z.string().min(1).meta({
      secret: true,
      description: 'Secret of this site at the provider, sent as `client_secret_post`.'
    }),
    name: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .default('single sign-on')
      .describe('What the provider is called on the button: _Sign in with ..._'),
    scopes: z
      .string()
      .regex(/^openid( [\x21\x23-\x5b\x5d-\x7e]+){0,20}$/, 'expected a text that begins with openid')
      .default('openid profile email')
      .describe('Scopes to ask for, separated by spaces.'),
    autoRegister: z
      .boolean()
      .default(true)
      .describe('A first sign-in makes an account, as far as registration is open to its e-mail address.'),
    adminGroup: optionalText.describe(
      'Group whose members are administrators. With each sign-in the claim `groups` decides. Null: groups are not looked at.'
    )
  })
  .nullable()
  .default(null)
  .describe('Sign-in at an OpenID provider. Null: none.')

export const signIn = z.strictObject({
  passwords: z
    .boolean()
    .default(true)
    .describe('Sign-in and registration with a password. `false` needs `signIn.oidc`.'),
  confirmEmail: z
    .boolean()
    .nullable()
    .default(null)
    .describe(
      'Make a new account when its e-mail address is confirmed by a link that is sent to it. Null: where mail is configured, in the mode `domains`, and for the address of `accounts.administrator`.'
    ),
  secondFactor: z
    .enum(['optional', 'administrators'])
    .default('optional')
    .describe(
      'Who needs a second factor: `administrators` reach `/admin` only with one. Sign-in at a provider needs none.'
    ),
  oidc
})
