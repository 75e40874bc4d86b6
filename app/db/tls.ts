/** TLS options of a connection to a database or to Redis. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ConnectionOptions } from 'node:tls'
import { ConfigError } from '../config/errors.ts'
import { type Config, root } from '../config/load.ts'

type Setting = NonNullable<Config['redis']>['tls']

function read(name: string, path: string) {
  try {
    return readFileSync(resolve(root, path))
  } catch (error) {
    throw new ConfigError(`✖ tls.${name}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** Reads the files of the setting; undefined without TLS. Throws ConfigError, which names a file that cannot be read. */
export function tlsOptions(
  tls: Setting
): Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'servername'> | undefined {
  if (tls === false) return
  if (tls === true) return {}
  const { ca, cert, key, serverName } = tls
  return {
    ...(ca !== null && { ca: read('ca', ca) }),
    ...(cert !== null && { cert: read('cert', cert) }),
    ...(key !== null && { key: read('key', key) }),
    ...(serverName !== null && { servername: serverName })
  }
}
