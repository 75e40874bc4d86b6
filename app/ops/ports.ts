/** The ports of a stack, before it starts. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'

/** Services of Debian that apt starts when it installs the programs of the stack, by their port. */
const SYSTEM_SERVICES: Readonly<Record<number, string>> = {
  80: 'nginx',
  3306: 'mariadb',
  6379: 'redis-server'
}

/** Explains why a port cannot be opened. */
function explain(port: number, code: string | undefined) {
  if (code !== 'EADDRINUSE') return `port ${port} cannot be opened: ${code}`
  const service = SYSTEM_SERVICES[port]
  return service
    ? `port ${port} is in use: by the system's ${service}, which apt starts? Stop it: systemctl disable --now ${service}`
    : `port ${port} is in use: is another stack running?`
}

/** Tells whether this computer has an address of IPv6. */
export const hasIpv6 = () =>
  Object.values(networkInterfaces()).some(list => list?.some(({ family }) => family === 'IPv6'))

async function checkPort(port: number, host: string) {
  const server = createServer().listen({ port, host, ipv6Only: true })
  try {
    await once(server, 'listening') // rejects on 'error'
  } catch (error) {
    throw new Error(explain(port, (error as NodeJS.ErrnoException).code), { cause: error })
  } finally {
    server.close()
  }
}

/**
 * Throws an Error with one line for the operator if nginx cannot open its port on all addresses, or
 * a replica its own on the loopback address.
 */
export async function checkPorts(port: number, replicas: readonly number[]) {
  for (const host of ['0.0.0.0', ...(hasIpv6() ? ['::'] : [])]) await checkPort(port, host)
  for (const one of replicas) await checkPort(one, '127.0.0.1')
}
