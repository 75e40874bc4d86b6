/** E-mail addresses in canonical form. */
import { isIP } from 'node:net'
import { domainToASCII, domainToUnicode } from 'node:url'
import { dropInvisible } from './text.ts'

/** Splits at the last @. */
function split(address: string): [local: string, domain: string] {
  const at = address.lastIndexOf('@')
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)]
}

/** Drops what is copied with an address: the scheme of a link, angle brackets. Input methods type full-width letters. */
const bare = (text: string) =>
  dropInvisible(text)
    .trim()
    .replaceAll(/[\uff01-\uff5e]/g, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/^<([^<>]*)>$/, '$1')
    .replace(/^mailto:/i, '')

/**
 * Returns the form in which an address is stored and looked up. Letters are lower case, and an
 * international domain is in its ASCII form, which is also what a browser's e-mail field sends.
 * Accents before the @ stay: `josé@x` is not `jose@x`.
 */
export function canonicalEmail(text: string): string {
  const [local, domain] = split(bare(text).normalize('NFC').toLowerCase())
  if (domain === '') return local
  const ascii = /^[\x21-\x7e]*$/.test(domain) ? domain : domainToASCII(domain) || domain
  return `${local}@${ascii.replace(/\.$/, '')}`
}

/** Letters, digits and hyphens between single dots (RFC 1123, 2.1), and the underscore of domains of old networks. */
const DOMAIN = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/

/** Tells whether a text in ASCII and lower case can be a domain. */
export const isDomain = (text: string): boolean => DOMAIN.test(text)

/** Tells whether a canonical address can be one: its domain can exist, or is an IP address in brackets. */
export function isEmail(canonical: string): boolean {
  const [local, domain] = split(canonical)
  const [, ip] = /^\[(?:ipv6:)?([^\]]*)\]$/.exec(domain) ?? []
  return /^[^\s@]+$/.test(local) && (ip === undefined ? isDomain(domain) : isIP(ip) !== 0)
}

/** What separates columns and addresses, which only a quoted local part may contain (RFC 5322, 3.4.1). */
const SEPARATOR = /[,;:<>()[\]"\\\u060c\u061b\u3001\uff0c\uff1b]/

/** Tells whether the part before the @ is likely to be two columns of a table, or two addresses. */
export const hasSeparator = (canonical: string): boolean => SEPARATOR.test(split(canonical)[0])

/** Returns a stored address as people write it: with an international domain in its own script. */
export function displayEmail(address: string): string {
  const [local, domain] = split(address)
  return domain.includes('xn--') ? `${local}@${domainToUnicode(domain) || domain}` : address
}
