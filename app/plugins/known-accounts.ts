/**
 * Remembers which accounts voted by link in this browser, to warn before the same person votes as a
 * guest.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { memoize } from '../cache/memoize.ts'
import type { Config } from '../config/load.ts'
import { accountVoterKey } from '../models/voting/voter-key.ts'
import { YEAR_SECONDS } from './cookies.ts'
import { createSignerFor } from './signing.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Voter keys of the accounts that voted by link in this browser, latest first. Survives
     * sign-out.
     */
    readonly knownVoters: readonly string[]
  }
  interface FastifyReply {
    /**
     * Stores in a cookie that the viewer's account has voted by link here. Does nothing for a
     * guest.
     */
    rememberVoter(): void
  }
}

/** Enough for a shared browser. Bounds the lookups of a guest's vote. */
const MAX_ACCOUNTS = 5
/** Signed cookies kept: a client without a cookie jar is sent one with each vote. */
const MAX_CACHED = 20_000

export const knownAccounts = fp<Pick<Config, 'session'>>(
  async (app, { session }) => {
    const signer = createSignerFor('known accounts', session)
    const sign = memoize((ids: string) => signer.sign(ids), MAX_CACHED)

    app.preferCookie('accounts', value => signer.unsign(value).valid)

    function idsIn({ cookies: { accounts } }: FastifyRequest): number[] {
      if (accounts === undefined) return []
      const { valid, value } = signer.unsign(accounts)
      return valid ? value.split('-').map(Number) : []
    }

    app.decorateRequest('knownVoters', {
      getter(this: FastifyRequest) {
        return idsIn(this).map(accountVoterKey)
      }
    })

    app.decorateReply('rememberVoter', function (this: FastifyReply) {
      const { userId } = this.request.viewer
      const known = idsIn(this.request)
      if (userId === null || this.request.bearer !== null || known.includes(userId)) return
      const ids = [userId, ...known].slice(0, MAX_ACCOUNTS)
      this.setOwnCookie('accounts', sign(ids.join('-')), { maxAge: YEAR_SECONDS })
    })
  },
  { name: 'known-accounts', fastify: '5.x', dependencies: ['cookies', 'content-negotiation'] }
)
