/** What a header `Authorization` says. */

/**
 * Returns a function that reads the credentials of this scheme from the header, well-formed or not:
 * empty if none follow the scheme; null without the header and for another scheme.
 */
export function credentialsOf(scheme: string) {
  const pattern = new RegExp(`^${scheme}\\b(.*)`, 'is')
  return (header: string | undefined) =>
    header === undefined ? null : (pattern.exec(header)?.[1]?.trim() ?? null)
}

export const bearerIn = credentialsOf('bearer')
