/** The schema of the configuration: its groups, and the rules between them. */
import { z } from 'zod'
import * as groups from './groups.ts'
import { limits } from './limits.ts'
import { mail } from './mail.ts'
import { signIn } from './sign-in.ts'
import { site } from './site.ts'
import * as stores from './stores.ts'
import { isLoopbackHost, MAX_PORT } from './values.ts'

/**
 * Requires 32 characters (256 bits are 64 hexadecimal digits or 44 of base64) and rejects examples
 * of manuals.
 */
function isStrong(secret: string | null | undefined) {
  if (!secret) return false
  return (
    secret.length >= 32 && new Set(secret).size >= 10 && !/change.?me|example|secret|password/i.test(secret)
  )
}

/**
 * Tells whether the port that an offset gives exists, and is not that of the site. What is missing
 * is reported elsewhere.
 */
function isPortOrNone(metrics?: { portOffset?: number | null }, server?: { port?: number }) {
  const offset = metrics?.portOffset ?? null
  const port = (server?.port ?? 0) + (offset ?? 0)
  return offset === null || (offset !== 0 && port > 0 && port <= MAX_PORT)
}

/**
 * Runs a rule even if other settings are invalid. The settings that the rule reads may then be
 * missing.
 */
const always = () => true

export const schema = z
  .strictObject({
    server: groups.server.prefault({}),
    log: groups.log.prefault({}),
    database: z.discriminatedUnion('engine', [stores.sqlite, stores.mysql]),
    redis: stores.redis
      .nullable()
      .default(null)
      .describe(
        'Sessions and counters of all processes. Required with MySQL; null with the embedded database.'
      ),
    session: groups.session.prefault({}),
    accounts: groups.accounts.prefault({}),
    signIn: signIn.prefault({}),
    site: site
      .prefault({})
      .describe(
        'Defaults of what administrators change at `/admin/settings`, as are `server.timeZone` and `accounts.homeRegion`. What a variable of the environment sets cannot be changed there.'
      ),
    ballots: groups.ballots.prefault({}),
    live: groups.live.prefault({}),
    limits: limits.prefault({}),
    webhooks: groups.webhooks.prefault({}),
    mail,
    metrics: groups.metrics.prefault({}),
    development: groups.development.prefault({})
  })
  .refine(({ database, redis }) => database?.engine !== 'mysql' || redis, {
    path: ['redis'],
    error: 'needed beside a MySQL database: sessions live there',
    when: always
  })
  .refine(
    ({ database, session }) =>
      isStrong(session?.secret) || (!session?.secret && database?.engine !== 'mysql'),
    {
      path: ['session', 'secret'],
      error: 'expected VOTE_SESSION_SECRET with at least 32 random characters, not an example',
      when: always
    }
  )
  .refine(({ session }) => !session?.previousSecret || isStrong(session.previousSecret), {
    path: ['session', 'previousSecret'],
    error: 'expected at least 32 random characters, not an example: what it signs is valid too',
    when: always
  })
  .refine(({ signIn }) => !signIn || signIn.passwords || signIn.oidc, {
    path: ['signIn', 'passwords'],
    error: 'false needs signIn.oidc: there would be no way to sign in',
    when: always
  })
  .refine(({ signIn, server }) => !signIn?.oidc || server?.publicUrl || isLoopbackHost(server?.host), {
    path: ['server', 'publicUrl'],
    error: 'needed by signIn.oidc: the provider sends browsers back to this address',
    when: always
  })
  .refine(({ signIn, mail }) => !signIn?.confirmEmail || mail, {
    path: ['signIn', 'confirmEmail'],
    error: 'true needs mail',
    when: always
  })
  .refine(({ mail, server }) => !mail || server?.publicUrl || isLoopbackHost(server?.host), {
    path: ['server', 'publicUrl'],
    error: 'needed by mail: links in mails lead to this address',
    when: always
  })

  .refine(({ metrics, server }) => isPortOrNone(metrics, server), {
    path: ['metrics', 'portOffset'],
    error: 'server.port plus this is no port, or is server.port itself',
    when: always
  })
  .refine(({ metrics, server }) => !metrics?.port || metrics.port !== server?.port, {
    path: ['metrics', 'port'],
    error: 'is server.port: metrics need a port of their own',
    when: always
  })

/** The part of JSON Schema that describes a setting or a group of settings. */
export interface SettingSchema {
  properties?: Record<string, SettingSchema>
  anyOf?: SettingSchema[]
  oneOf?: SettingSchema[]
  items?: SettingSchema
  type?: string
  const?: string
  enum?: string[]
  default?: unknown
  description?: string
  /** Marks a secret. */
  secret?: boolean
}

/** Describes every setting as JSON Schema, before defaults are filled in. */
export const describeSettings = () =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SettingSchema // a subset of its fields
