/**
 * Parses cookies once per request; defines the attributes, lifetimes and signatures of all our
 * cookies.
 */
import cookie, { Signer, type UnsignResult } from '@fastify/cookie'
import fp from 'fastify-plugin'
import { createLRU } from 'lru.min'
import type { Config } from '../config/load.ts'

export const YEAR_SECONDS = 31_536_000

/** Returns the attributes of every cookie: same site, hidden from scripts, `Secure` under https. */
export const cookieAttributes = ({ publicUrl }: Pick<Config['server'], 'publicUrl'>) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl?.startsWith('https:') ?? false
  }) as const

/** Lists the secrets whose signatures are valid. The first one signs. */
export const signingSecrets = ({ secret, previousSecret }: Config['session']): [string, ...string[]] =>
  previousSecret ? [secret, previousSecret] : [secret]

/** More than the browsers that use a process within minutes. */
const MAX_SIGNATURES = 20_000

/**
 * Signs with the first of these secrets and accepts the signatures of all. Valid signatures are
 * cached: a browser sends the same cookie with every request, and a check costs a tenth of a vote.
 */
export function createSigner(secrets: string | string[] | Buffer): Pick<Signer, 'sign' | 'unsign'> {
  const signer = new Signer(secrets)
  const valid = createLRU<string, UnsignResult>({ max: MAX_SIGNATURES })
  return {
    sign: value => signer.sign(value),
    unsign(signed) {
      const cached = valid.get(signed)
      if (cached) return cached
      const result = signer.unsign(signed)
      if (result.valid) valid.set(signed, result)
      return result
    }
  }
}

export const cookies = fp(
  async app => {
    await app.register(cookie)
  },
  { name: 'cookies', fastify: '5.x' }
)
