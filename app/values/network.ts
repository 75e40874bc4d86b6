/** The network of a client's address, which limits count. */
import { isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The groups of 16 bits in a /64: a provider gives a customer at least one such network. */
const NETWORK_GROUPS = 4

/** An address with the port of the client, or in brackets, as some proxies forward it. */
const WITH_PORT = /^(?:\[([^\]]+)\](?::\d{1,5})?|(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5})$/

/**
 * Returns an IPv4 address as it is and an IPv6 address as its /64 network, because one client may
 * use every address in it. An IPv4-mapped address (`::ffff:192.0.2.7`) counts as IPv4. A connection
 * that is already closed has no address: the result is then `''`. A port behind the address makes no difference.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return ''
  if (isIPv4(address)) return address // before the parser: each vote asks for its network
  if (!isIPv6(address)) {
    const [, inBrackets, beforePort] = WITH_PORT.exec(address) ?? []
    const bare = inBrackets ?? beforePort
    return bare === undefined ? address : networkOf(bare)
  }
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return parsed.parts
    .slice(0, NETWORK_GROUPS)
    .map(group => group.toString(16))
    .join(':')
}
