/** Values of cookies that are signed JSON and end after some time. */
import type { z } from 'zod'
import type { Config } from '../config/load.ts'
import { createSignerFor } from './cookies.ts'

/** Creates what writes and reads such values for one purpose. `lifetimeSeconds`: how long one is valid. */
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
