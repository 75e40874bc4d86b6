/** A browser that votes by link: its signed cookie, and the voter key that it is in a poll. Nothing is stored. */
import { createHmac, randomBytes } from 'node:crypto'
import { Signer } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The voter key of this browser in the poll; null without our cookie. */
    browserIn(question: number): string | null
  }
  interface FastifyReply {
    /** Gives the browser its cookie, unless it has one that the present secret signed. */
    nameBrowser(): void
    /** The poll's next page says that this browser's vote gave way to the account's. */
    sayMerged(question: number): void
  }
}

/** Seconds. */
const year = 31_536_000
const minute = 60

/** A signature of its own: no other cookie of ours passes for this one. */
const signingKey = (secret: string) => createHmac('sha256', secret).update('browser').digest()

/**
 * Keyed with the browser's id, 128 random bits that are nowhere but in its cookie: whoever reads the database cannot
 * follow a browser from poll to poll. Not with a secret of the server: a new secret would make every browser a new
 * voter, and count it twice.
 */
const voterKey = (browser: string, question: number) =>
  `b:${createHmac('sha256', browser).update(`question ${question}`).digest('base64url')}`

export const browser = fp<Pick<Config, 'session' | 'server'>>(
  async (app, { session: { secret, previousSecret }, server }) => {
    const secrets = previousSecret ? [secret, previousSecret] : [secret]
    const signer = new Signer(secrets.map(signingKey))
    const secure = server.publicUrl?.startsWith('https:') ?? false
    const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const

    const read = ({ cookies }: FastifyRequest) => signer.unsign(cookies.browser ?? '')

    app.decorateRequest('browserIn', function (this: FastifyRequest, question: number) {
      const { valid, value } = read(this)
      return valid ? voterKey(value, question) : null
    })

    app.decorateReply('nameBrowser', function (this: FastifyReply) {
      const { valid, renew, value } = read(this.request)
      if (valid && !renew) return
      const id = valid ? value : randomBytes(16).toString('base64url')
      this.setCookie('browser', signer.sign(id), { ...attributes, maxAge: year })
    })

    app.decorateReply('sayMerged', function (this: FastifyReply, question: number) {
      this.setCookie('merged', String(question), { ...attributes, maxAge: minute })
    })
  },
  { name: 'browser', fastify: '5.x', dependencies: ['session'] }
)
