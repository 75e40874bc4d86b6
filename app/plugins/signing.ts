/** Signatures of cookies and links, and values of cookies that are signed JSON. */
import { createHmac } from 'node:crypto'
import { Signer, type UnsignResult } from '@fastify/cookie'
import type { z } from 'zod'
import { memoize } from '../cache/memoize.ts'
import type { Config } from '../config/load.ts'

/** Lists the secrets whose signatures are valid. The first one signs. */
export const signingSecrets = ({ secret, previousSecret }: Config['session']): [string, ...string[]] =>
  previousSecret ? [secret, previousSecret] : [secret]

const INVALID: UnsignResult = { valid: false, renew: false, value: null }
/** More than the browsers that use a process within minutes. */
const MAX_SIGNATURES = 20_000

/**
 * Signs with the first of these secrets and accepts the signatures of all. Valid signatures are
 * cached: a browser sends the same cookie with every request, and a check costs a tenth of a vote.
 */
export function createSigner(secrets: string | string[] | Buffer): Pick<Signer, 'sign' | 'unsign'> {
  const signer = new Signer(secrets)
  const readValid = memoize((signed: string) => {
    const result = signer.unsign(signed)
    return result.valid ? result : null
  }, MAX_SIGNATURES)
  return {
    sign: value => signer.sign(value),
    unsign: signed => readValid(signed) ?? INVALID
  }
}

/** Derives a key for one purpose, so that what is signed for another is not valid there. */
export const deriveKey = (secret: string, purpose: string) =>
  createHmac('sha256', secret).update(purpose).digest()

/** Creates a signer with keys of its own. */
export const createSignerFor = (purpose: string, session: Config['session']) =>
  createSigner(signingSecrets(session).map(secret => deriveKey(secret, purpose).toString('base64')))

/**
 * Creates what writes and reads values of cookies that are signed JSON, for one purpose.
 * `lifetimeSeconds`: how long one is valid.
 */
export function createSignedJson<Content extends { until: number }>(
  purpose: string,
  session: Config['session'],
  schema: z.ZodType<Content>,
  lifetimeSeconds: number
) {
  const signer = createSignerFor(purpose, session)
  return {
    write(content: Omit<Content, 'until'>): string {
      const json = JSON.stringify({ ...content, until: Date.now() + lifetimeSeconds * 1000 })
      return signer.sign(Buffer.from(json).toString('base64url'))
    },
    /** Returns the content; null without a value, and for one that is forged or too old. */
    read(cookie: string | undefined): Content | null {
      const { valid, value } = signer.unsign(cookie ?? '')
      if (!valid) return null
      const content = schema.parse(JSON.parse(Buffer.from(value, 'base64url').toString())) // signed, so ours
      return content.until > Date.now() ? content : null
    }
  }
}
