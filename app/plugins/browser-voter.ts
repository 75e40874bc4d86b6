/**
 * A browser that votes by link: its signed cookie, and its voter key in each poll. In a frame of
 * another site it has a cookie of its own. Stores nothing.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { browserVoterKey } from '../models/voting/voter-key.ts'
import { randomText } from '../values/random-text.ts'
import { YEAR_SECONDS } from './cookies.ts'
import { createSigner, deriveKey, signingSecrets } from './signing.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The voter key of this browser in the poll; null without a valid cookie. */
    browserIn(question: number): string | null
  }
  interface FastifyReply {
    /** Sets the browser's cookie, unless it has a valid one. */
    issueBrowserCookie(): void
    /** Makes the poll's next page say that the account's vote replaced this browser's. */
    setMergedNotice(question: number): void
  }
}

const NOTICE_SECONDS = 60

type CookieName = 'browser' | 'embed'

/**
 * Returns the signers of a cookie, the newest first. That one has a key of text, with which Node
 * signs in 3 µs; with bytes it takes 19. Version 0.1.0 signed with the bytes, and its cookies stay
 * valid.
 */
function keysFrom(secret: string, cookie: CookieName) {
  const key = deriveKey(secret, cookie)
  return [key.toString('base64'), key].map(one => ({ secret, signer: createSigner(one) }))
}

export const browserVoter = fp<Pick<Config, 'session'> & { cookie?: CookieName; path?: string }>(
  async (app, { session, cookie = 'browser', path }) => {
    const keys = signingSecrets(session).flatMap(secret => keysFrom(secret, cookie))
    const newest = keys[0]!.signer

    /**
     * Returns the id in a cookie's value and the secret that signed it. That secret also makes its
     * voter keys, and the cookie is not signed again: another secret would make a new voter,
     * counted twice.
     */
    function readValue(sent: string) {
      for (const { secret, signer } of keys) {
        const { valid, value } = signer.unsign(sent)
        if (valid) return { id: value, secret }
      }
      return null
    }
    app.preferCookie(cookie, value => readValue(value) !== null)
    const read = ({ cookies: { [cookie]: sent } }: FastifyRequest) =>
      sent === undefined ? null : readValue(sent)

    app.decorateRequest('browserIn', function (this: FastifyRequest, question: number) {
      const found = read(this)
      return found && browserVoterKey(found.secret, found.id, question)
    })

    app.decorateReply('issueBrowserCookie', function (this: FastifyReply) {
      if (read(this.request)) return
      this.setOwnCookie(cookie, newest.sign(randomText()), { maxAge: YEAR_SECONDS, ...(path && { path }) })
    })

    app.decorateReply('setMergedNotice', function (this: FastifyReply, question: number) {
      this.setOwnCookie('merged', String(question), { maxAge: NOTICE_SECONDS })
    })
  },
  { name: 'browser-voter', fastify: '5.x', dependencies: ['cookies'] }
)
