/** The public URL of the site, and what makes it work on other computers. */
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Config } from './load.ts'
import { isLoopbackHost } from './values.ts'

type Server = Pick<Config['server'], 'publicUrl' | 'publicPort' | 'host' | 'port'>

const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::'])
/** Interfaces of containers and virtual machines, which other computers do not reach. */
const VIRTUAL = /^(?:br-|docker|podman|veth|virbr|cni|flannel)/

/** Returns an address of this computer in its network, IPv4 if it has one. */
function localAddress(): string | undefined {
  const addresses = Object.entries(networkInterfaces())
    .filter(([name]) => !VIRTUAL.test(name))
    .flatMap(([, list = []]) => list)
    .filter(({ internal, address }) => !internal && !/^(?:169\.254\.|fe80:)/i.test(address))
  return (addresses.find(({ family }) => family === 'IPv4') ?? addresses[0])?.address
}

const toUrl = (host: string, port: number) => `http://${isIPv6(host) ? `[${host}]` : host}:${port}`

/**
 * Returns the public URL of the site, with its path and without a slash at the end. Without a
 * configured one it is the address of this computer, or `localhost` where only a proxy or a
 * container's engine knows it.
 */
export function siteAddress({ publicUrl, publicPort, host, port }: Server): string {
  if (publicUrl !== null) return publicUrl.replace(/\/$/, '')
  if (publicPort !== null) return toUrl('localhost', publicPort)
  return toUrl(EVERYWHERE.has(host) ? (localAddress() ?? 'localhost') : host, port)
}

/**
 * Returns the command or the setting that lets other computers reach the site. Null if they do, or
 * if the operator has chosen the address.
 */
export function remedyFor(server: Server): string | null {
  const { publicUrl, publicPort, host, port } = server
  if (publicUrl !== null || !isLoopbackHost(new URL(siteAddress(server)).hostname)) return null
  // In a container the address of the computer is not known.
  const isOpen = EVERYWHERE.has(host)
  if (publicPort === null)
    return isOpen ? `VOTE_SERVER_PUBLIC_URL=${toUrl('ADDRESS', port)}` : 'npm start -- --host 0.0.0.0'
  if (isOpen) return `VOTE_PUBLIC_URL=${toUrl('ADDRESS', publicPort)}`
  return `npm run stack -- --public-url ${toUrl(localAddress() ?? 'ADDRESS', publicPort)}`
}
