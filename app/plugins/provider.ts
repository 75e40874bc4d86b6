/**
 * Sign-in at an OpenID provider: the client, and the cookie that ties its answer to this browser.
 */
import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import type { Provider } from '../oidc/provider.ts'
import { Flow } from '../schemas/identity.ts'
import { addressOf } from '../view.ts'
import { createSignedJson } from './signing.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Null: none is configured. */
    provider: Provider | null
    /** Local sign-in is offered. */
    hasPasswords: boolean
    /** How long a user may stay at the provider. */
    providerFlowSeconds: number
    /**
     * The address below which the provider sends browsers back, from `publicUrl`, never from a
     * request.
     */
    providerCallback: () => string
  }
  interface FastifyReply {
    /** Begins a sign-in and returns the address at the provider. Throws ProviderDown. */
    beginProviderFlow(flow: Pick<Flow, 'next' | 'connect' | 'form'>): Promise<string>
    /**
     * Returns the sign-in that this browser has begun, and forgets it: it is used once, whether it
     * succeeds or not. Null: none, or too long ago.
     */
    takeProviderFlow(): Flow | null
  }
}

/** Long enough to find a phone with a second factor. */
const FLOW_SECONDS = 600

export const provider = fp<Pick<Config, 'session' | 'signIn'>>(
  async (app, { session, signIn }) => {
    // Loaded where it is needed alone: openid-client is as large as the rest of sign-in.
    const provider = signIn.oidc && new (await import('../oidc/provider.ts')).Provider(signIn.oidc)
    const flows = createSignedJson('provider flow', session, Flow, FLOW_SECONDS)
    const path = () => addressOf(app, 'ProviderCallback')
    app.preferCookie('provider', value => flows.read(value) !== null)
    app.decorate('provider', provider)
    app.decorate('hasPasswords', signIn.passwords)
    app.decorate('providerFlowSeconds', FLOW_SECONDS)
    app.decorate('providerCallback', () => app.link(path()))

    app.decorateReply('beginProviderFlow', async function (this: FastifyReply, wanted) {
      const checks = provider!.makeChecks() // its routes exist only with one
      const address = await provider!.signInAddress(app.providerCallback(), checks)
      const value = flows.write({ ...checks, ...wanted })
      this.setOwnCookie('provider', value, { maxAge: FLOW_SECONDS, path: path() })
      return address
    })

    app.decorateReply('takeProviderFlow', function (this: FastifyReply) {
      this.clearOwnCookie('provider', path())
      return flows.read(this.request.cookies.provider)
    })
  },
  { name: 'provider', fastify: '5.x', dependencies: ['cookies', 'site-address', 'views'] }
)
