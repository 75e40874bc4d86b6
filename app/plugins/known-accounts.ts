/** The accounts that voted by link in this browser: so that one person's vote as a guest is not a second one unawares. */
import { createHmac } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { accountVoterKey } from '../models/voting/voter-key.ts'
import { cookieAttributes, createSigner, signingSecrets, YEAR_SECONDS } from './cookies.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The voter keys of accounts that voted by link in this browser, the latest first; sign-out does not end it. */
    readonly knownVoters: readonly string[]
  }
  interface FastifyReply {
    /** Remembers in the browser that the viewer's account has voted by link there; nothing for a guest. */
    rememberVoter(): void
  }
}

/** A browser of a family, and what a vote of a guest may look up. */
const MAX_ACCOUNTS = 5

/** A key of its own, so that no other cookie of ours passes for this one. */
const keyOf = (secret: string) => createHmac('sha256', secret).update('known accounts').digest('base64')

export const knownAccounts = fp<Pick<Config, 'session' | 'server'>>(
  async (app, { session, server }) => {
    const signer = createSigner(signingSecrets(session).map(keyOf))
    const attributes = cookieAttributes(server)

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
      if (userId === null || known.includes(userId)) return
      const ids = [userId, ...known].slice(0, MAX_ACCOUNTS)
      this.setCookie('accounts', signer.sign(ids.join('-')), { ...attributes, maxAge: YEAR_SECONDS })
    })
  },
  { name: 'known-accounts', fastify: '5.x', dependencies: ['cookies'] }
)
