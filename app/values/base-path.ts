/** The path of the public URL, under which the whole site lies. */

/** Returns the path without a slash at its end: '' or '/vote'. */
export const basePathOf = (publicUrl: string | null): string =>
  publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/$/, '')

/** Returns a request's URL from its path on: a client may send the whole (RFC 9112, 3.2.2). */
export const withoutOrigin = (url: string): string =>
  url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*\/?/i, '/')

/**
 * Escapes of letters, digits, `-`, `.`, `_` and `~`, which mean the same as these characters (RFC
 * 3986, 6.2.2.2).
 */
const NEEDLESS_ESCAPE = /%(?:2[de]|3\d|[46][1-9a-f]|[57][\da]|5f|7e)/gi

/** Returns a path in the one spelling that all its spellings have. */
const normalPath = (path: string) =>
  path
    .replaceAll(/\/+/g, '/')
    .replaceAll(NEEDLESS_ESCAPE, escape => decodeURIComponent(escape))
    .replaceAll(/%\w\w/g, escape => escape.toUpperCase())

/**
 * Removes the base path, in any spelling, from the URL of a request. A proxy may have removed it
 * already.
 */
export function withoutBase(url: string, basePath: string): string {
  if (basePath === '') return url
  const segments = url.split('?', 1)[0]!.match(/\/+[^/]*/g) ?? []
  const written = segments.slice(0, basePath.split('/').length - 1).join('')
  if (normalPath(written) !== normalPath(basePath) || !url.startsWith(written)) return url
  return `/${url.slice(written.length).replace(/^\//, '')}`
}
