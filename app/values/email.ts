/** E-mail addresses in canonical form. */
import { isIP } from 'node:net'
import { domainToUnicode } from 'node:url'
import { dropInvisibleAround } from './address-text.ts'
import { asciiDomain, isDomain } from './domain.ts'
import { SEPARATORS } from './list.ts'
import { dropInvisible, plainHyphens } from './text.ts'

/** Splits at the last @. */
function split(address: string): [local: string, domain: string] {
  const at = address.lastIndexOf('@')
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)]
}

/**
 * Drops what is copied with an address: the scheme of a link, angle brackets. Input methods type
 * full-width letters, word processors hyphens of their own.
 */
const bare = (text: string) =>
  plainHyphens(dropInvisibleAround(text))
    .trim()
    .replaceAll(/[\uff01-\uff5e]/g, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/^<([^<>]*)>$/, '$1')
    .replace(/^mailto:/i, '')
    .trim()

/**
 * Returns the form in which an address is stored and looked up. Letters are lower case, and an
 * international domain is in its ASCII form. Accents before the @ stay: `josé@x` is not `jose@x`.
 */
export function canonicalEmail(text: string): string {
  const [name, domain] = split(bare(text).normalize('NFC').toLowerCase())
  const local = dropInvisible(name)
  if (domain === '') return local
  const ascii = /^[\x21-\x7e]*$/.test(domain) ? domain : asciiDomain(domain) || domain
  return `${local}@${ascii.replace(/\.$/, '')}`
}

/**
 * Tells whether a canonical address can be one: its domain can exist, or is an IP address in
 * brackets.
 */
export function isEmail(canonical: string): boolean {
  const [local, domain] = split(canonical)
  const [, ip] = /^\[(?:ipv6:)?([^\]]*)\]$/.exec(domain) ?? []
  return /^[^\s@]+$/.test(local) && (ip === undefined ? isDomain(domain) : isIP(ip) !== 0)
}

/**
 * What separates columns and addresses, which only a quoted local part may contain (RFC 5322,
 * 3.4.1).
 */
const SEPARATOR = new RegExp(String.raw`[${SEPARATORS}:<>()[\]"\\]`)

/** Tells whether the part before the @ is likely to be two columns of a table, or two addresses. */
export const hasSeparator = (canonical: string): boolean => SEPARATOR.test(split(canonical)[0])

/** Returns a stored address as people write it: with an international domain in its own script. */
export function displayEmail(address: string): string {
  const [local, domain] = split(address)
  return domain.includes('xn--') ? `${local}@${domainToUnicode(domain) || domain}` : address
}
