/** Where the site lies: its base path, and absolute URLs to share, which never contain the Host header of a request. */
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import fp from 'fastify-plugin'
import { ConfigError } from '../config/errors.ts'
import type { Config } from '../config/load.ts'
import { isLoopbackHost } from '../config/values.ts'
import { basePathOf } from '../values/base-path.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The path of the public URL, which every address of a page begins with: '' or '/vote'. */
    basePath: string
    /** Returns the absolute URL of an address, which includes the base path. */
    link: (address: string) => string
    /**
     * Returns the command or the setting that makes links work on other computers. Null if they do.
     */
    linkRemedy: () => string | null
  }
}

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
 * Returns the command or the setting that lets other computers reach the site. Null if they do, or if
 * the operator has chosen the address.
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

export const siteLinks = fp<Config['server']>(
  async (app, config) => {
    const basePath = basePathOf(config.publicUrl)
    app.decorate('basePath', basePath)
    // A proxy may remove the base path. Then it could not be told from an address of ours.
    const [, firstPart] = basePath.split('/')
    app.addHook('onRoute', ({ url }) => {
      if (firstPart !== undefined && url.split('/')[1] === firstPart)
        throw new ConfigError(
          `✖ The path must not begin with /${firstPart}, as an address of the site does\n  → at server.publicUrl`
        )
    })
    app.decorate('link', path => {
      const address = app.server.address()
      const port = typeof address === 'object' && address ? address.port : config.port
      return new URL(path, siteAddress({ ...config, port })).href
    })
    app.decorate('linkRemedy', () => remedyFor(config))
  },
  { name: 'site-address', fastify: '5.x' }
)
