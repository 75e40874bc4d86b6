/** TLS options of a connection to a database or to Redis. */
import type { ConnectionOptions } from 'node:tls'
import type { Config } from '../config/load.ts'
import { readSettingFile } from '../config/setting-file.ts'

type Setting = NonNullable<Config['redis']>['tls']

/** Reads the files of the setting; undefined without TLS. Throws ConfigError, which names a file that cannot be read. */
export function tlsOptions(
  tls: Setting
): Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'servername'> | undefined {
  if (tls === false) return
  if (tls === true) return {}
  const { ca, cert, key, serverName } = tls
  return {
    ...(ca !== null && { ca: readSettingFile('tls.ca', ca) }),
    ...(cert !== null && { cert: readSettingFile('tls.cert', cert) }),
    ...(key !== null && { key: readSettingFile('tls.key', key) }),
    ...(serverName !== null && { servername: serverName })
  }
}
