/**
 * The OpenID provider: where it sends browsers to, and what it says about the person who comes
 * back.
 */
import * as client from 'openid-client'
import { keepFor } from '../cache/keep-for.ts'
import type { Config } from '../config/load.ts'
import { ProviderDown, ProviderRefused } from '../errors.ts'
import { type Checks, Claims } from '../schemas/identity.ts'

type Settings = NonNullable<Config['signIn']['oidc']>

/**
 * Limits each request to the provider. A sign-in makes at most four: metadata, token, keys, user
 * info.
 */
const REQUEST_TIMEOUT_SECONDS = 3
/**
 * Limits those of a callback together. nginx waits 5 s for its answer (nginx.conf), and the account
 * is read after them.
 */
export const CALLBACK_TIMEOUT_MS = 4_000
/** Providers announce changes of their metadata days before; keys are read again as they change. */
const METADATA_LIFETIME_MS = 3_600_000
/** While the provider is down, one request in this time waits for it. */
const RETRY_DELAY_MS = 5_000

/** Tells whether the provider is out of reach or out of order; otherwise it has refused. */
function isOutage(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: unknown }
  if (error instanceof TypeError) return code === undefined // of fetch: those of openid-client have a code
  if (cause instanceof Response) return cause.status >= 500
  return code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT'
}

export class Provider {
  readonly name: string
  readonly #settings: Settings
  /** Reads the metadata of the provider, once for concurrent callers. */
  readonly #metadata: () => Promise<client.Configuration>

  constructor(settings: Settings) {
    this.name = settings.name
    this.#settings = settings
    this.#metadata = keepFor(METADATA_LIFETIME_MS, () => this.#read(), RETRY_DELAY_MS)
  }

  /** Makes the values of a new sign-in. */
  makeChecks(): Checks {
    return {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier()
    }
  }

  /** Returns the address at which the provider asks its user. Throws ProviderDown. */
  async signInAddress(redirectUri: string, { state, nonce, verifier }: Checks): Promise<string> {
    const configuration = await this.#discover()
    return client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: this.#settings.scopes,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256'
    }).href
  }

  /**
   * Exchanges the code of a callback for claims. `callback` is the redirect URI with the query that
   * came. Throws ProviderRefused if anything in it or in the ID token is not what was asked for,
   * ProviderDown.
   */
  async claims(callback: URL, checks: Checks): Promise<Claims> {
    const { promise: timeout, reject } = Promise.withResolvers<never>()
    const giveUp = () => reject(new ProviderDown({ cause: new Error('the callback took too long') }))
    const timer = setTimeout(giveUp, CALLBACK_TIMEOUT_MS)
    try {
      return await Promise.race([this.#exchange(callback, checks), timeout]) // a request under way has its own limit
    } finally {
      clearTimeout(timer)
    }
  }

  async #exchange(callback: URL, { state, nonce, verifier }: Checks): Promise<Claims> {
    const configuration = await this.#discover()
    try {
      const tokens = await client.authorizationCodeGrant(configuration, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true
      })
      const claims = tokens.claims()! // of the ID token that is expected
      const isAllThere =
        claims.email !== undefined && (claims.groups !== undefined || !this.#settings.adminGroup)
      if (isAllThere || !configuration.serverMetadata().userinfo_endpoint) return Claims.parse(claims)
      const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
      return Claims.parse({ ...more, ...claims })
    } catch (cause) {
      throw isOutage(cause) ? new ProviderDown({ cause }) : new ProviderRefused({ cause })
    }
  }

  async #discover(): Promise<client.Configuration> {
    try {
      return await this.#metadata()
    } catch (cause) {
      throw new ProviderDown({ cause })
    }
  }

  #read(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings
    const url = new URL(issuer)
    return client.discovery(url, clientId, undefined, client.ClientSecretPost(clientSecret), {
      timeout: REQUEST_TIMEOUT_SECONDS,
      execute: [
        client.enableNonRepudiationChecks, // verifies the signature, whatever the transport
        ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : []) // on this machine: app/config/sign-in.ts
      ]
    })
  }
}
