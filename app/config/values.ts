/** Kinds of values that several groups of settings have. */
import { isIPv6 } from 'node:net'
import { z } from 'zod'

export const MAX_PORT = 65_535
/** A port of another program. */
export const port = z.int().min(1).max(MAX_PORT)
/** A port to listen on; 0 is any free one. */
export const ownPort = z.int().min(0).max(MAX_PORT)
/** The longest time of a timer: Node.js takes a longer one for a millisecond. */
const MAX_TIMER_MS = 2 ** 31 - 1
export const milliseconds = z.int().positive().max(MAX_TIMER_MS)

const MAX_HOURS = 87_600 // ten years
export const minutes = z
  .number()
  .positive()
  .max(MAX_HOURS * 60)
export const hours = z.number().positive().max(MAX_HOURS)

/** An address, or a network in CIDR notation. */
export const network = z
  .union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
  .refine(one => !one.endsWith('/0'), 'expected an address or a network, not every address')

/** A secret comes from the environment only and is used verbatim: `01234` is a password. */
export const secret = (description: string) =>
  z.string().min(1).nullable().default(null).meta({ secret: true, description })

export const optionalText = z.string().min(1).nullable().default(null)

/** TLS to a server: `true` with the certificate authorities of the system, or a group of files. */
export const tls = z
  .union([
    z.boolean(),
    z.strictObject({
      ca: optionalText.describe(
        'File of the certificate authority that signed the certificate of the server.'
      ),
      cert: optionalText.describe('File of a client certificate.'),
      key: optionalText.describe('File of the private key of the client certificate.'),
      serverName: optionalText.describe('Name in the certificate of the server, where it is not the host.')
    })
  ])
  .default(false)

/**
 * Tells whether only this computer reaches a server of this name, at an address that does not
 * change. `host`: as in a setting, or as a URL has it.
 */
export const isLoopbackHost = (host: string | undefined) =>
  /^(localhost|127\.[\d.]+|::1|\[::1\])$/.test(host ?? '')

/** Tells whether a text is a name or an address, without a port, a path or a user. */
export const isHost = (text: string) => isIPv6(text) || !/[:/?#@\\]/.test(text)

/**
 * Returns a name or address to listen on in its usual spelling: `0.0.0.0` of `0`, `::` of
 * `0:0:0:0:0:0:0:0`.
 */
export function plainHost(host: string): string {
  const url = URL.parse(`http://${isIPv6(host) ? `[${host}]` : host}`)
  return url?.hostname.replace(/^\[|\]$/g, '') || host
}
