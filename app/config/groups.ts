/**
 * The groups of settings beside the stores, each with its default and its description for
 * docs/configuration.md.
 */
import { getCountries } from 'libphonenumber-js/max'
import { z } from 'zod'
import { isTimeZone } from '../values/time.ts'
import { expectedPublicUrl, isPublicUrl } from './public-url.ts'
import { systemRegion, systemTimeZone } from './system.ts'
import { hours, isHost, milliseconds, minutes, network, ownPort, plainHost, port, secret } from './values.ts'

const countries = getCountries()

export const server = z.strictObject({
  host: z
    .string()
    .min(1) // an empty one would be every address
    .refine(isHost, 'expected a name or an address, without a port')
    .overwrite(plainHost)
    .default('localhost')
    .describe(
      'Name or address to listen on. `localhost`: both loopback addresses; `::`: all addresses, IPv4 and IPv6.'
    ),
  port: ownPort.default(9000).describe('Port to listen on; 0 is any free port.'),
  publicUrl: z
    .string()
    .refine(isPublicUrl, expectedPublicUrl)
    .nullable()
    .default(null)
    .describe(
      'Public address; it may have a path, under which the whole site lies. With https, cookies are Secure and HSTS is sent. nginx refuses other hosts (421).'
    ),
  publicPort: port
    .nullable()
    .default(null)
    .describe(
      'Port under which a container or a proxy publishes the site, where `publicUrl` is not set. Links then name `localhost` and this port.'
    ),
  cookiePrefix: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,40}$/)
    .nullable()
    .default(null)
    .describe(
      'Precedes the names of all cookies, so that several instances can share a host name. Null: made of the port and the path of `publicUrl`, where it has any.'
    ),
  securityContact: z
    .string()
    .regex(/^(https:\/\/|mailto:|tel:)[^\s]+$/)
    .nullable()
    .default(null)
    .describe(
      'Where to report a security problem, as `mailto:`, `https:` or `tel:`. It is published in `/.well-known/security.txt`.'
    ),
  trustedProxies: z
    .array(network)
    .default([])
    .describe('Addresses or CIDR networks of reverse proxies whose `X-Forwarded-*` headers are trusted.'),
  previewFonts: z
    .array(z.string())
    .default([])
    .describe(
      'Font files (TTF, OTF, TTC) for pictures of polls in link previews, beside the one that comes with the program, which has no Chinese. A poll with a character that no font has is shown by a general picture.'
    ),
  requestTimeout: milliseconds
    .default(15_000)
    .describe('Milliseconds in which a request must arrive completely.'),
  drainDelay: z
    .int()
    .min(0)
    .max(3_000)
    .default(0)
    .describe(
      'Milliseconds after SIGTERM in which the process keeps serving while `/health/ready` is 503; then for as long again without new connections.'
    ),
  timeZone: z
    .string()
    .refine(isTimeZone, 'expected a time zone like Europe/Berlin')
    .nullable()
    .default(null)
    .describe('IANA time zone in which dates are entered and shown; null: that of the system, else UTC.')
    .transform(zone => zone ?? systemTimeZone() ?? 'UTC')
})

export const log = z.strictObject({
  level: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Lowest level that is logged. `debug` logs every SQL statement.'),
  pretty: z
    .boolean()
    .default(false)
    .describe('Readable lines instead of JSON; needs the development packages.')
})

export const session = z.strictObject({
  secret: secret(
    'Signs cookies; at least 32 random characters. With SQLite it is created beside the database file.'
  ),
  previousSecret: secret('The former secret: cookies that it signed stay valid after a change.'),
  idleMinutes: minutes
    .default(43_200)
    .describe(
      'Minutes without a request or an open live page until a session ends; 43,200 are 30 days. At most ten years.'
    ),
  absoluteHours: hours
    .default(2_160)
    .describe('Hours after which every session ends; 2,160 are 90 days. At most ten years.')
})

export const accounts = z.strictObject({
  homeRegion: z
    .enum(countries)
    .nullable()
    .default(null)
    .describe(
      'Country (ISO 3166-1 alpha-2) of phone numbers without a country code; null: that of the language of the system (`LANG`), else CN.'
    )
    .transform(region => region ?? countries.find(country => country === systemRegion()) ?? 'CN'),
  administrator: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, 'expected an e-mail address')
    .nullable()
    .default(null)
    .describe('E-mail address whose account becomes administrator; null: the first account.')
})

export const ballots = z.strictObject({
  batchLimit: z.int().min(1).max(500).default(500).describe('Maximum votes in one transaction.'),
  transactions: z.int().min(1).max(8).default(1).describe('Maximum vote transactions at once, per process.')
})

export const live = z.strictObject({
  streams: z
    .int()
    .min(0)
    .default(2_000)
    .describe('Maximum concurrent event streams per process; further clients get 503.'),
  streamsPerAddress: z
    .int()
    .min(0)
    .default(500)
    .describe('Maximum concurrent event streams per client address; a lecture hall may share one.'),
  heartbeat: milliseconds
    .max(20_000)
    .default(15_000)
    .describe(
      'Milliseconds between two heartbeats, at most 20,000 and shorter than the idle timeout of proxies: the server ends a connection that is silent for 25 seconds. A page that misses two asks for the result instead.'
    ),
  reread: milliseconds
    .default(10_000)
    .describe('Milliseconds after which a process reads the results again without a notice of a change.'),
  recheck: z
    .int()
    .min(100)
    .max(60_000)
    .default(45_000)
    .describe('Milliseconds after which the permission of a viewer is checked again.')
})

export const metrics = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Name or address on which metrics are served.'),
  port: ownPort
    .nullable()
    .default(null)
    .describe(
      'Port of `/metrics` for Prometheus, without authentication: keep it private. Each process needs its own. Null: see `portOffset`.'
    ),
  portOffset: z
    .int()
    .nullable()
    .default(null)
    .describe(
      'For several processes on a machine: the port of `/metrics` is `server.port` plus this. Null: no metrics.'
    )
})

export const webhooks = z.strictObject({
  allowedNetworks: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
    .default([])
    .describe(
      'Private addresses or CIDR networks that webhooks may reach, at any port. All others inside are refused: loopback, private and link-local.'
    )
})

export const development = z.strictObject({
  componentPage: z.boolean().default(false).describe('Serve `/components`, every component of the pages.'),
  reloadTemplates: z.boolean().default(false).describe('Read templates again for every page.'),
  serverTiming: z.boolean().default(false).describe('Send `Server-Timing` headers.')
})
