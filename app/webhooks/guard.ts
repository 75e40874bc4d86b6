/** Addresses that webhooks must not reach: everything that is not the public Internet. */
import { type BlockList, isIP, type LookupFunction } from 'node:net'
import { isListed, toBlockList } from '../values/network.ts'
import { resolveName } from './names.ts'

/**
 * Special-purpose networks of the IANA registries for IPv4, and the address of Azure's platform
 * (168.63.129.16).
 */
const INSIDE_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4'
]

/**
 * The same for IPv6, within global unicast. Some embed an IPv4 address. A mapped address is checked
 * as IPv4.
 */
const INSIDE_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const unicast = toBlockList(['0.0.0.0/0', '2000::/3'])
const inside = toBlockList([...INSIDE_4, ...INSIDE_6])

/** The address is not on the public Internet. */
export class AddressRefused extends Error {}

/** Decides which addresses may be reached, before a request and again at its connection. */
export class AddressGuard {
  readonly #allowed: BlockList
  readonly #resolve: typeof resolveName

  /** `allowed`: networks inside that may be reached. */
  constructor(allowed: readonly string[], resolve = resolveName) {
    this.#allowed = toBlockList(allowed)
    this.#resolve = resolve
  }

  isAllowedInside(address: string): boolean {
    return isListed(this.#allowed, address)
  }

  isRefused(address: string): boolean {
    const isPublic = isListed(unicast, address) && !isListed(inside, address)
    return !isPublic && !this.isAllowedInside(address)
  }

  /**
   * Checks the parts of a URL that need no look-up. Node never calls `lookup` for an address, so it
   * is checked here. Throws AddressRefused.
   */
  checkUrl({ protocol, hostname, port, username, password }: URL): void {
    const host = hostname.replace(/^\[|\]$/g, '')
    if (protocol !== 'https:' && protocol !== 'http:') throw new AddressRefused('not http or https')
    if (username || password) throw new AddressRefused('a URL with a password')
    if (isIP(host) !== 0 && this.isRefused(host)) throw new AddressRefused('not a public address')
    // URL drops the usual port of a protocol.
    const isUsual = ['', '80', '443'].includes(port)
    if (!isUsual && !this.isAllowedInside(host)) throw new AddressRefused('another port than 80 and 443')
  }

  /**
   * Tells whether a webhook may have this URL. Its name may still resolve to an address that is
   * refused.
   */
  acceptsUrl(url: string): boolean {
    try {
      this.checkUrl(new URL(url))
      return true
    } catch (error) {
      if (error instanceof AddressRefused) return false
      throw error
    }
  }

  /**
   * Resolves a name as `net.connect` wants it; fails if any address of the name is inside. The
   * message is the same for a name that is unknown: owners of webhooks read it, and must not learn
   * which names exist inside.
   */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    const refuse = (cause: unknown) =>
      callback(new AddressRefused('the name has no public address', { cause }), '', 0)
    this.#resolve(hostname).then(addresses => {
      const [first] = addresses
      if (!first || addresses.some(({ address }) => this.isRefused(address)))
        return refuse(addresses.map(({ address }) => address).join(' '))
      if (options.all) return callback(null, addresses)
      return callback(null, first.address, first.family)
    }, refuse)
  }
}
