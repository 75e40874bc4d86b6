/**
 * Resolves names of webhooks by /etc/hosts and the name servers, without `dns.lookup`: that
 * occupies a thread of libuv's pool for as long as the name server keeps silent, and the
 * connections of the database and Redis look up theirs there.
 */
import type { LookupAddress } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'

/**
 * A name server that does not answer within this time is asked no more. The next one is asked
 * within the time of a request.
 */
const TIMEOUT_MS = 2_000

const toLookupAddress = (address: string): LookupAddress => ({ address, family: isIP(address) })

/** Returns the addresses that /etc/hosts has for a name. */
async function addressesInHosts(name: string): Promise<string[]> {
  const text = await readFile('/etc/hosts', 'utf8').catch(() => '')
  return text
    .split('\n')
    .map(line => line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/))
    .filter(([, ...names]) => names.includes(name))
    .map(([address = '']) => address)
}

/**
 * Returns the addresses of a name in lower case. Search domains are not tried. Throws the error of
 * the name servers if they know none.
 */
export async function resolveName(
  name: string,
  resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 })
): Promise<LookupAddress[]> {
  const inHosts = await addressesInHosts(name)
  if (inHosts.length > 0) return inHosts.map(toLookupAddress)
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
  const found = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
  if (found.length === 0) throw (answers[0] as PromiseRejectedResult).reason
  return found.map(toLookupAddress)
}
