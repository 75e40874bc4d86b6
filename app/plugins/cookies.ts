/** Cookies: parsed once a request, and what all of ours share: attributes, lifetimes, signatures. */
import cookie, { Signer, type UnsignResult } from '@fastify/cookie'
import fp from 'fastify-plugin'
import { createLRU } from 'lru.min'
import type { Config } from '../config/load.ts'

export const YEAR_SECONDS = 31_536_000

/** Returns the attributes of every cookie: this site's alone, hidden from scripts, `Secure` under https. */
export const cookieAttributes = ({ publicUrl }: Pick<Config['server'], 'publicUrl'>) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl?.startsWith('https:') ?? false
  }) as const

/** Lists the secrets that signatures may be made with; the first one signs. */
export const signingSecrets = ({ secret, previousSecret }: Config['session']): [string, ...string[]] =>
  previousSecret ? [secret, previousSecret] : [secret]

/** More browsers than use one process within minutes. */
const MAX_SIGNATURES = 20_000

/**
 * Signs with the first of these secrets and accepts the signatures of all. A browser sends the same
 * cookie with every request and a check costs a tenth of a vote, so valid signatures are cached.
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
