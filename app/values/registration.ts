/** Who may register: modes, and the domains of e-mail addresses. */
import { isIP } from 'node:net'
import { domainToUnicode } from 'node:url'
import { asciiDomain, isDomain } from './domain.ts'
import { splitList } from './list.ts'
import { plainHyphens } from './text.ts'

/** `domains`: with an address of a listed domain. `invite`: by a link of an administrator. */
export const REGISTRATION_MODES = ['open', 'domains', 'invite', 'closed'] as const
export type RegistrationMode = (typeof REGISTRATION_MODES)[number]

export const MAX_DOMAINS = 50

/** Returns a domain in its ASCII form; undefined if the text is none. A leading @ is dropped. */
function canonicalDomain(text: string): string | undefined {
  const domain = plainHyphens(text)
    .replace(/^[@\uff20]/, '')
    .replace(/\.$/, '')
  const ascii = domain.includes('_') ? '' : asciiDomain(domain)
  return isDomain(ascii) && isIP(ascii) === 0 ? ascii : undefined
}

/**
 * Returns the domains of a list as `splitList` reads it, each once; undefined
 * if one of its parts is no domain.
 */
export function parseDomains(text: string): string[] | undefined {
  const domains = splitList(text).map(canonicalDomain)
  return domains.includes(undefined) ? undefined : [...new Set(domains as string[])]
}

/** Writes domains as people read them, in their own script. */
export const displayDomains = (domains: readonly string[]) => domains.map(domainToUnicode).join(', ')

/** Tells whether a canonical e-mail address is of one of the domains. Subdomains are others. */
export const isOfDomains = (email: string, domains: readonly string[]) =>
  domains.includes(email.slice(email.lastIndexOf('@') + 1))
