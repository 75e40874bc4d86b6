/** The ports of a stack, before it starts. */
import { once } from 'node:events'
import { createServer } from 'node:net'

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

/** Throws an Error with one line for the operator if one of the ports cannot be opened. */
export async function checkPorts(ports: readonly number[]) {
  for (const port of ports) {
    const server = createServer().listen(port, '127.0.0.1')
    try {
      await once(server, 'listening') // rejects on 'error'
    } catch (error) {
      throw new Error(explain(port, (error as NodeJS.ErrnoException).code), { cause: error })
    } finally {
      server.close()
    }
  }
}
