/** A browser that votes by link: its signed cookie, and the voter key that it is in a poll. Nothing is stored. */
import { createHmac, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { cookieAttributes, createSigner } from './cookies.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The cookie of a browser that has none yet, as a header's value. */
    newBrowserCookie(): string
  }
  interface FastifyRequest {
    /** The voter key of this browser in the poll; null without our cookie. */
    browserIn(question: number): string | null
  }
  interface FastifyReply {
    /** Gives the browser its cookie, unless it has one. */
    nameBrowser(): void
    /** The poll's next page says that this browser's vote gave way to the account's. */
    sayMerged(question: number): void
  }
}

/** Seconds. */
const year = 31_536_000
const minute = 60

/** A signature of its own: no other cookie of ours passes for this one. */
const signerFor = (secret: string) => createSigner(createHmac('sha256', secret).update('browser').digest())

/** Whoever reads the database cannot follow a browser from poll to poll. */
const voterKey = (secret: string, browser: string, question: number) =>
  `b:${createHmac('sha256', secret).update(`${question}|${browser}`).digest('base64url')}`

export const browser = fp<Pick<Config, 'session' | 'server'>>(
  async (app, { session: { secret, previousSecret }, server }) => {
    const known = (previousSecret ? [secret, previousSecret] : [secret]).map(secret => ({
      secret,
      signer: signerFor(secret)
    }))
    const attributes = { ...cookieAttributes(server), maxAge: year }
    const newId = () => known[0]!.signer.sign(randomBytes(16).toString('base64url'))

    /**
     * The browser's id and the secret that signed it. That secret also makes its voter keys and the cookie is not
     * signed anew: with another one the browser would be a new voter, and counted twice.
     */
    function read({ cookies: { browser } }: FastifyRequest) {
      if (browser === undefined) return null
      for (const { secret, signer } of known) {
        const { valid, value } = signer.unsign(browser)
        if (valid) return { id: value, secret }
      }
      return null
    }

    app.decorateRequest('browserIn', function (this: FastifyRequest, question: number) {
      const found = read(this)
      return found && voterKey(found.secret, found.id, question)
    })

    app.decorateReply('nameBrowser', function (this: FastifyReply) {
      if (!read(this.request)) this.setCookie('browser', newId(), attributes)
    })
    app.decorate('newBrowserCookie', () => app.serializeCookie('browser', newId(), attributes))

    app.decorateReply('sayMerged', function (this: FastifyReply, question: number) {
      this.setCookie('merged', String(question), { ...attributes, maxAge: minute })
    })
  },
  { name: 'browser', fastify: '5.x', dependencies: ['session'] }
)
