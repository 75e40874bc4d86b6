/** The form of a public address. */

/**
 * No user, query or fragment, and a path that needs no encoding: nginx and cookies use it as it is.
 */
const ADDRESS = /^(https?:\/\/[^\s/?#@\\"$;]{1,260})((?:\/[\w.~-]{1,100}){0,20})\/?$/

export const expectedPublicUrl =
  'expected an address like https://example.org or https://example.org/vote/, without user, query and fragment'

/** Tells whether a site can be published under this address. */
export function isPublicUrl(text: string): boolean {
  const [, origin = '', path = ''] = ADDRESS.exec(text) ?? []
  return URL.canParse(origin) && new URL(origin + path).pathname === (path || '/')
}

/**
 * Returns the address with its host in ASCII (`xn--...`), as browsers send it and nginx compares
 * it.
 */
export const asciiUrl = (publicUrl: string): string =>
  publicUrl.replace(
    /^(https?:\/\/)([^/]+)/,
    (_origin, scheme: string, host: string) => scheme + new URL(scheme + host).host
  )
