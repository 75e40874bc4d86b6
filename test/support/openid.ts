/** Starts a real OpenID provider in another process, and signs people in there by its forms. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import { freePort, hasExited } from '../../app/ops/servers.ts'
import { killHard } from './kill.ts'
import { note } from './secrets.ts'

interface State {
  /** Claims by login; anyone signs in with any password. */
  people: Record<string, object>
  /** Replaces claims of ID tokens; null: none. */
  tamper: object | null
  /** Signs ID tokens with a key that the provider does not publish. */
  isForged: boolean
  /** Requests to paths that begin so are not answered; null: all are. */
  slowPath: string | null
  /** Puts the provider's clock forward. */
  aheadMs: number
}

export interface OpenId {
  issuer: string
  /** The group `signIn.oidc` of an application. */
  settings: Record<string, unknown>
  change(state: Partial<State>): Promise<void>
  isRunning(): boolean
  /** Ends the process. */
  kill(): Promise<void>
  /**
   * Signs in at the provider by fetch and returns the address to which it sends the browser back.
   */
  signIn(address: string, login: string): Promise<string>
}

const SECRET = 'a secret between two servers'
note('client secret', SECRET)

/** Where an application without `publicUrl` is sent back to. */
const CALLBACK = 'http://localhost:9000/login/oidc/callback'

/** The same for one with the `publicUrl` https://vote.example/polls/. */
const CALLBACK_BELOW = 'https://vote.example/polls/login/oidc/callback'

/** Follows redirects of the provider with cookies, until it leads elsewhere or shows a page. */
async function follow(issuer: string, cookies: Map<string, string>, address: string, form?: URLSearchParams) {
  let [url, body] = [new URL(address, issuer), form]
  for (;;) {
    const cookie = [...cookies].map(pair => pair.join('=')).join('; ')
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(body && { method: 'POST', body })
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      cookies.set(name!, value!)
    }
    const location = answer.headers.get('location')
    if (location === null) return { url, html: await answer.text() }
    url = new URL(location, url)
    body = undefined
    if (url.origin !== issuer) return { url, html: '' }
  }
}

/** The state of a provider that was just started. */
const initial: State = { people: {}, tamper: null, isForged: false, slowPath: null, aheadMs: 0 }

/**
 * Starts a provider that sends browsers back to CALLBACK and these addresses. Ends with the test.
 */
export async function startOpenId(t: TestContext, ...callbacks: string[]): Promise<OpenId> {
  const openId = await launch(...callbacks)
  t.after(() => openId.kill())
  return openId
}

let shared: OpenId | undefined

after(() => shared?.kill())

/**
 * Returns the provider of this process, as if it was just started. It also sends browsers back to
 * CALLBACK_BELOW.
 */
export async function sharedOpenId(): Promise<OpenId> {
  if (!shared?.isRunning()) shared = await launch(CALLBACK_BELOW)
  await shared.change(initial)
  return shared
}

async function launch(...callbacks: string[]): Promise<OpenId> {
  const port = await freePort()
  const args = [String(port), [CALLBACK, ...callbacks].join(' ')]
  const { NODE_TEST_CONTEXT: _, ...env } = process.env // it is no test
  const file = join(import.meta.dirname, 'openid-provider.js')
  const child: ChildProcess = fork(file, args, {
    execArgv: [],
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc']
  })
  await once(child, 'message')
  const isRunning = () => !hasExited(child)
  const issuer = `http://localhost:${port}`
  return {
    issuer,
    settings: { issuer, clientId: 'vote', clientSecret: SECRET, name: 'Example' },
    async change(state) {
      child.send(state)
      await once(child, 'message')
    },
    isRunning,
    kill: () => killHard(child),
    async signIn(address, login) {
      const cookies = new Map<string, string>()
      const { url } = await follow(issuer, cookies, address)
      if (url.origin !== issuer) return url.href
      const form = new URLSearchParams({ prompt: 'login', login, password: 'any' })
      return (await follow(issuer, cookies, url.href, form)).url.href
    }
  }
}
