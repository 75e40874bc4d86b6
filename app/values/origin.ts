/** The origin of a request, compared with the addresses of this site. */

/**
 * Returns the host of an address with this scheme, without a default port and without the dot that
 * ends a full name.
 */
function hostOf(scheme: string, host: string): string | undefined {
  const address = `${scheme}//${host}`
  return URL.canParse(address) ? new URL(address).host.replace(/\.(?=:\d+$|$)/, '') : undefined
}

/**
 * Tells whether an `Origin` header names this site: its public address, or the host to which the
 * request was sent. The scheme of the latter is the browser's, because a proxy may have ended TLS.
 */
export function isOwnOrigin(origin: string, host: string | undefined, publicUrl: string | null): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, host: name } = new URL(origin)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  const site = publicUrl === null ? null : new URL(publicUrl)
  const own = [host, ...(site?.protocol === protocol ? [site.host] : [])]
  return own.some(one => one !== undefined && hostOf(protocol, one) === hostOf(protocol, name))
}

/**
 * Lists the hosts to which a request was sent before its proxies: each value of their
 * `X-Forwarded-Host`, as it is and, where it has no port, with the last value of
 * `X-Forwarded-Port`.
 */
export function forwardedHosts(hosts = '', ports = ''): string[] {
  const port = ports.split(',').at(-1)!.trim()
  return hosts
    .split(',')
    .map(host => host.trim())
    .filter(host => host !== '')
    .flatMap(host => (port === '' || /:\d+$/.test(host) ? [host] : [host, `${host}:${port}`]))
}
