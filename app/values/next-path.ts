/** The path to which a sign-in leads back. */

/**
 * Adds that path to the address of a page of sign-in; an empty path leaves the address as it is.
 */
export const withNextPath = (address: string, path: string) =>
  path === '' ? address : `${address}?next=${encodeURIComponent(path)}`

/** Tells whether that path is one of a poll, be there such a poll or not. */
export const leadsToPoll = (path: unknown): boolean =>
  typeof path === 'string' && /^\/questions\/(?!new(?:$|[?#]))[\w-]/.test(path)
