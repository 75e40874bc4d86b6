/** The network of a client's address, which limits count. */
import { isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The groups of 16 bits in a /64: a provider gives a customer at least one such network. */
const NETWORK_GROUPS = 4

/**
 * Returns an IPv4 address as it is and an IPv6 address as its /64 network, because one client may
 * use every address in it. An IPv4-mapped address (`::ffff:192.0.2.7`) counts as IPv4. A connection
 * that is already closed has no address: the result is then `''`.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return ''
  if (isIPv4(address) || !isIPv6(address)) return address // before the parser: each vote asks for its network
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return parsed.parts
    .slice(0, NETWORK_GROUPS)
    .map(group => group.toString(16))
    .join(':')
}
