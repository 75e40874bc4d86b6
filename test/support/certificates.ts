/** TLS certificates for the servers of a test. */
import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { scratch } from './engines.ts'

/** Makes an authority, and certificates of a server with this name and of a client, in a folder. */
export function certificates(t: TestContext, name = 'db.example') {
  const folder = scratch(t)
  chmodSync(folder, 0o755)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=authority',
    '-days',
    '30'
  )
  for (const owner of ['server', 'client']) {
    openssl('req', ...key, '-keyout', `${owner}.key`, '-out', `${owner}.csr`, '-subj', `/CN=${owner}.example`)
    writeFileSync(join(folder, 'names'), `subjectAltName=DNS:${name}\n`)
    const signed = [
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '30',
      '-extfile',
      'names'
    ]
    openssl('x509', '-req', '-in', `${owner}.csr`, '-out', `${owner}.pem`, ...signed)
    chmodSync(join(folder, `${owner}.key`), 0o644)
  }
  const path = (file: string) => join(folder, file)
  return { ca: path('ca.pem'), cert: path('client.pem'), key: path('client.key'), path }
}
