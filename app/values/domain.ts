/** Domains as people type them, and in their ASCII form. */
import { domainToASCII, domainToUnicode } from 'node:url'
import { dropInvisible } from './text.ts'

/**
 * Letters, digits and hyphens between single dots (RFC 1123, 2.1), and the underscore of domains of
 * old networks.
 */
const DOMAIN = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/

/**
 * In its own script: letters, marks, digits, and what RFC 5892 (A.1 to A.7) allows between them,
 * such as the middle dot.
 */
const READABLE = /^[\p{L}\p{M}\p{Nd}._\u00b7\u0375\u05f3\u05f4\u200c-\u200d\u30fb-]*$/u

/**
 * Tells whether a text in ASCII and lower case can be a domain, in its own script too:
 * `xn--org-nwe` ends with a comma.
 */
export const isDomain = (ascii: string): boolean =>
  DOMAIN.test(ascii) && READABLE.test(domainToUnicode(ascii))

/** What `domainToASCII` ends a domain at, decodes or drops, as a URL does. */
const OF_URL = /[/?#\\%\t\n\r]/

/**
 * Returns a domain in its ASCII form; empty if it has none. Joiners of letters count where the
 * script has them, and are dropped as copied along elsewhere.
 */
export const asciiDomain = (text: string): string =>
  OF_URL.test(text) ? '' : domainToASCII(text) || domainToASCII(dropInvisible(text))
