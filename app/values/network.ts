/** Networks: that of a client's address, which limits count, and lists of them. */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The groups of 16 bits in a /64: a provider gives a customer at least one such network. */
const NETWORK_GROUPS = 4

/** The network of all clients whose forwarded address is no IP address: they share one counter. */
const UNKNOWN = 'unknown'

/**
 * Returns an address without what some proxies forward with it: quotes, brackets, a port, a zone
 * and leading zeros.
 */
function bareAddress(forwarded: string): string {
  const unquoted = forwarded.replace(/^"(.*)"$/, '$1')
  const [, inBrackets] = /^\[([^\]]+)\](?::\d{0,5})?$/.exec(unquoted) ?? []
  // `2001:db8::1:4711` is an address too: its last group makes no difference to its network.
  const address = inBrackets ?? (isIP(unquoted) === 0 ? unquoted.replace(/:\d{0,5}$/, '') : unquoted)
  return address.replace(/%[^]*$/, '').replaceAll(/(^|[.:])0{1,2}(?=\d{1,2}(?:\.|$))/g, '$1')
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

/** Tells whether a list has an address, in the forms of `networkOf`; false for what is none. */
export function isListed(list: BlockList, address: string | undefined): boolean {
  const bare = bareAddress(address ?? '')
  const family = isIP(bare)
  return family !== 0 && list.check(bare, family === 4 ? 'ipv4' : 'ipv6')
}

/**
 * Returns an IPv4 address as it is and an IPv6 address as its /64 network, because one client may
 * use every address in it. An IPv4-mapped address (`::ffff:192.0.2.7`) counts as IPv4. A connection
 * that is already closed has no address: the result is then `''`. A port behind the address, its
 * zone, quotes and brackets make no difference. All texts that are no address are one network.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined || address === '') return ''
  if (isIPv4(address)) return address // before the parser: each vote asks for its network
  const bare = bareAddress(address)
  if (isIPv4(bare)) return bare
  if (!isIPv6(bare)) return UNKNOWN
  const parsed = ipaddr.process(bare)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return parsed.parts
    .slice(0, NETWORK_GROUPS)
    .map(group => group.toString(16))
    .join(':')
}
