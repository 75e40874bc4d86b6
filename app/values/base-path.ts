/** The path of the public URL, under which the whole site lies. */

/** Returns the path without a slash at its end: '' or '/vote'. */
export const basePathOf = (publicUrl: string | null): string =>
  publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/$/, '')

/** Returns a request's URL from its path on: a client may send the whole (RFC 9112, 3.2.2). */
export const withoutOrigin = (url: string): string =>
  url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*\/?/i, '/')

/** Removes the base path from the URL of a request. A proxy may have removed it already. */
export function withoutBase(url: string, basePath: string): string {
  if (basePath === '') return url
  const rest = url.slice(basePath.length)
  return url.startsWith(basePath) && /^(?:$|[/?])/.test(rest) ? `/${rest.replace(/^\//, '')}` : url
}
