/** app.apiDocument: the OpenAPI document of this application. */
import fp from 'fastify-plugin'
import manifest from '../../package.json' with { type: 'json' }
import type { Config } from '../config/load.ts'
import { ErrorEnvelope } from '../schemas/answers.ts'
import { cookiePrefix } from './cookies.ts'
import { type ApiDocument, type ApiDescription, describeApi } from '../view-openapi.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Returns the OpenAPI document. Made at the first call, when all routes are known. */
    apiDocument(): ApiDocument
  }
}

const description = `Polls: create them, vote, read results. docs/api.md is an introduction.

Send \`Accept: application/json\`. A write answers JSON unless \`Accept\` contains \`text/html\`.`

const tags = [
  { name: 'polls', description: 'Create, read, change and close polls.' },
  { name: 'voting', description: 'Cast, read and withdraw a vote.' },
  { name: 'rooms', description: 'Show polls one after the other; voters join by a code.' },
  { name: 'account', description: 'The own account.' },
  { name: 'signing in', description: 'Begin and end sessions.' },
  { name: 'preferences', description: 'Theme and language.' },
  { name: 'administration', description: 'What administrators do.' },
  { name: 'operation', description: 'Health of the process, and this document.' }
]

/** The tag of a URL by its first part, of all that a program can use. */
const TAGS: Record<string, string> = {
  '': 'polls',
  questions: 'polls',
  question: 'polls',
  templates: 'polls',
  oembed: 'polls',
  rooms: 'rooms',
  join: 'rooms',
  account: 'account',
  unsubscribe: 'account',
  register: 'signing in',
  confirm: 'signing in',
  login: 'signing in',
  logout: 'signing in',
  forgot: 'signing in',
  reset: 'signing in',
  admin: 'administration',
  theme: 'preferences',
  locale: 'preferences',
  imprint: 'operation',
  privacy: 'operation',
  health: 'operation',
  'openapi.json': 'operation'
}

/** Returns the tag of a URL. Throws if it has none. */
function tagOf(url: string) {
  const [, first = '', ...rest] = url.split('/')
  if (rest.includes('vote')) return 'voting'
  if (first.startsWith(':')) return 'rooms'
  const tag = TAGS[first]
  if (tag === undefined) throw new Error(`the API document has no tag for ${url}`)
  return tag
}

const securitySchemesOf = (cookieName: string) => ({
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of /account/tokens with the scope that an operation names: read, vote or manage.'
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: cookieName,
    description: 'The cookie of POST /login. A poll that is open by link also takes the cookie of its page.'
  },
  invitation: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description:
      '`Invitation` and the 32 digits behind `?t=` in the link of an invitation. It stands for a session to read its poll and to vote in it.'
  },
  manager: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description:
      '`Manage` and the `manage_token` of a poll without an account. It stands for a session of its organiser at the addresses of this poll.'
  }
})

const OF_A_POLL = /^\/questions?\/:question/
/** What an account alone does with a poll. */
const OF_ACCOUNTS = /\/(?:claim|webhooks)(?:\/|$)/

/**
 * A token with the scope of the operation, a session, a right to the poll by its link, or nothing.
 */
const securityOf: ApiDescription['securityOf'] = ({ scope, guests }, url) => {
  const alternatives: Array<Record<string, readonly string[]>> = [{ session: [] }]
  if (scope !== undefined) alternatives.unshift({ token: [scope] })
  if (OF_A_POLL.test(url)) {
    if (guests) alternatives.push({ invitation: [] })
    const isOfManager = (scope === 'read' || scope === 'manage') && !OF_ACCOUNTS.test(url)
    if (isOfManager) alternatives.push({ manager: [] })
  }
  if (guests) alternatives.push({})
  return alternatives
}

export const apiDocument = fp<Config['server']>(
  async (app, server) => {
    let document: ApiDocument | undefined
    app.decorate('apiDocument', () => {
      document ??= describeApi(app.viewRoutes, {
        info: {
          title: 'vote',
          version: manifest.version,
          description,
          license: { name: 'MIT', identifier: 'MIT' }
        },
        server: app.basePath || '/',
        error: ErrorEnvelope,
        tags,
        tagOf,
        securitySchemes: securitySchemesOf(`${cookiePrefix(server)}sessionid`),
        securityOf
      })
      return document
    })
  },
  { name: 'api-document', fastify: '5.x', dependencies: ['views', 'site-address'] }
)
