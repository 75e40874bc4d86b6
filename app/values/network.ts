/** Networks: that of a client's address, which limits count, and lists of them. */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The groups of 16 bits in a /64: a provider gives a customer at least one such network. */
const NETWORK_GROUPS = 4

/** An address with the port of the client, or in brackets, as some proxies forward it. */
const WITH_PORT = /^(?:\[([^\]]+)\](?::\d{1,5})?|(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5})$/

function withoutPort(address: string): string {
  const [, inBrackets, beforePort] = WITH_PORT.exec(address) ?? []
  return inBrackets ?? beforePort ?? address
}

/** Makes a list of addresses and networks in CIDR notation. */
export function toBlockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return list
}

/** Tells whether a list has an address, perhaps with a port or in brackets; false for what is none. */
export function isListed(list: BlockList, address: string | undefined): boolean {
  const bare = withoutPort(address ?? '').replace(/%[^]*$/, '') // the zone of a link-local address
  const family = isIP(bare)
  return family !== 0 && list.check(bare, family === 4 ? 'ipv4' : 'ipv6')
}

/**
 * Returns an IPv4 address as it is and an IPv6 address as its /64 network, because one client may
 * use every address in it. An IPv4-mapped address (`::ffff:192.0.2.7`) counts as IPv4. A connection
 * that is already closed has no address: the result is then `''`. A port behind the address makes no difference.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return ''
  if (isIPv4(address)) return address // before the parser: each vote asks for its network
  if (!isIPv6(address)) {
    const bare = withoutPort(address)
    return bare === address ? address : networkOf(bare)
  }
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return parsed.parts
    .slice(0, NETWORK_GROUPS)
    .map(group => group.toString(16))
    .join(':')
}
