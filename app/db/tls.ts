/** TLS options of a connection to a database or to Redis. */
import { X509Certificate } from 'node:crypto'
import { type ConnectionOptions, createSecureContext } from 'node:tls'
import { ConfigError } from '../config/errors.ts'
import type { Config } from '../config/load.ts'
import { readSettingFile } from '../config/setting-file.ts'

type Setting = NonNullable<Config['redis']>['tls']

/**
 * Reads the files of the setting `name`, such as `redis.tls`; undefined without TLS. Throws
 * ConfigError for a file that cannot be read or used.
 */
export function tlsOptions(
  name: string,
  tls: Setting
): Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'servername'> | undefined {
  if (tls === false) return
  if (tls === true) return {}
  const { ca, cert, key, serverName } = tls
  const files = {
    ...(ca !== null && { ca: readSettingFile(`${name}.ca`, ca) }),
    ...(cert !== null && { cert: readSettingFile(`${name}.cert`, cert) }),
    ...(key !== null && { key: readSettingFile(`${name}.key`, key) })
  }
  try {
    createSecureContext(files)
    if (files.ca !== undefined) void new X509Certificate(files.ca) // which the context ignores if it is none
  } catch (error) {
    throw new ConfigError(`✖ ${name}: its files cannot be used: ${(error as Error).message}`)
  }
  return { ...files, ...(serverName !== null && { servername: serverName }) }
}
