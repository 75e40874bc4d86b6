/** The origin of a request, compared with the addresses of this site. */

/** Returns the host of an address with this scheme, without a default port and without the dot that ends a full name. */
function hostOf(scheme: string, host: string): string | undefined {
  const address = `${scheme}//${host}`
  return URL.canParse(address) ? new URL(address).host.replace(/\.(?=:\d+$|$)/, '') : undefined
}

/**
 * Tells whether an `Origin` header names this site: its public address, or the host to which the request was sent. The
 * scheme of the latter is the browser's, because a proxy may have ended TLS.
 */
export function isOwnOrigin(origin: string, host: string | undefined, publicUrl: string | null): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, host: name } = new URL(origin)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  const site = publicUrl === null ? null : new URL(publicUrl)
  const own = [host, ...(site?.protocol === protocol ? [site.host] : [])]
  return own.some(one => one !== undefined && hostOf(protocol, one) === hostOf(protocol, name))
}
