/**
 * A real OpenID provider, run as a process of its own by test/support/openid.ts. Its parent changes
 * `state`.
 */
import { mock } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { Provider } from 'oidc-provider'

const [, , port, redirectUris] = process.argv
const issuer = `http://localhost:${port}`
const algorithm = 'RS256'
const keys = await generateKeyPair(algorithm, { extractable: true })
const others = await generateKeyPair(algorithm)
const header = { alg: algorithm, kid: 'first' }

/** See `State` in test/support/openid.ts. */
const state = { people: {}, tamper: null, isForged: false, slowPath: null, aheadMs: 0 }

process.on('message', change => {
  Object.assign(state, change)
  mock.timers.reset()
  if (state.aheadMs > 0) mock.timers.enable({ apis: ['Date'], now: Date.now() + state.aheadMs })
  process.send('changed')
})
process.on('disconnect', () => process.exit())

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'vote',
      client_secret: 'a secret between two servers',
      redirect_uris: redirectUris.split(' '),
      token_endpoint_auth_method: 'client_secret_post'
    }
  ],
  jwks: { keys: [{ ...(await exportJWK(keys.privateKey)), ...header, use: 'sig' }] },
  claims: { email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: `${id}@example.org`,
      email_verified: true,
      name: id,
      ...state.people[id]
    })
  }),
  async loadExistingGrant({ oidc }) {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
    grant.addOIDCScope('openid profile email')
    await grant.save()
    return grant
  }
})

provider.use(async (ctx, next) => {
  if (state.slowPath !== null && ctx.path.startsWith(state.slowPath))
    await delay(60_000, null, { ref: false })
  await next()
  if (ctx.path !== '/token' || !ctx.body.id_token || !(state.tamper || state.isForged)) return
  const payload = JSON.parse(Buffer.from(ctx.body.id_token.split('.')[1], 'base64url'))
  const key = state.isForged ? others.privateKey : keys.privateKey
  const token = new SignJWT({ ...payload, ...state.tamper }).setProtectedHeader(header)
  ctx.body = { ...ctx.body, id_token: await token.sign(key) }
})

provider.listen(Number(port), 'localhost', () => process.send('listening'))
