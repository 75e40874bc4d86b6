/** What our cookies share: their attributes, and how they are signed. */
import { Signer, type UnsignResult } from '@fastify/cookie'
import { createLRU } from 'lru.min'
import type { Config } from '../config/load.ts'

/** What every cookie of ours is set with: this site's alone, unread by scripts, by https where that is the public address. */
export const cookieAttributes = ({ publicUrl }: Pick<Config['server'], 'publicUrl'>) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl?.startsWith('https:') ?? false
  }) as const

/** More browsers than use one process within minutes. */
const most = 20_000

/**
 * Signs cookies with the first of these secrets and takes those of all. A browser sends the same cookie with every
 * request, and to check one is a tenth of a vote: those found good are remembered.
 */
export function createSigner(secrets: string | string[] | Buffer): Pick<Signer, 'sign' | 'unsign'> {
  const signer = new Signer(secrets)
  const good = createLRU<string, UnsignResult>({ max: most })
  return {
    sign: value => signer.sign(value),
    unsign(signed) {
      const known = good.get(signed)
      if (known) return known
      const result = signer.unsign(signed)
      if (result.valid) good.set(signed, result)
      return result
    }
  }
}
