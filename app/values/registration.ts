/** Who may register: modes, and the domains of e-mail addresses. */
import { isIP } from 'node:net'
import { domainToASCII, domainToUnicode } from 'node:url'
import { isDomain } from './email.ts'

/** `domains`: with an address of a listed domain. `invite`: by a link of an administrator. */
export const REGISTRATION_MODES = ['open', 'domains', 'invite', 'closed'] as const
export type RegistrationMode = (typeof REGISTRATION_MODES)[number]

export const MAX_DOMAINS = 50

/** Returns a domain in its ASCII form; undefined if the text is none. A leading @ is dropped. */
function canonicalDomain(text: string): string | undefined {
  const domain = text.replace(/^[@\uff20]/, '').replace(/\.$/, '')
  const ascii = /[/?#%\\_]/.test(domain) ? '' : domainToASCII(domain) // which takes the last one, and reads up to the others
  return isDomain(ascii) && isIP(ascii) === 0 ? ascii : undefined
}

/**
 * Returns the domains of a list that spaces, commas or semicolons separate, each once; undefined
 * if one of its parts is no domain.
 */
export function parseDomains(text: string): string[] | undefined {
  const parts = text.split(/[\s,;\u3001\uff0c\uff1b]+/).filter(part => part !== '')
  const domains = parts.map(canonicalDomain)
  return domains.includes(undefined) ? undefined : [...new Set(domains as string[])]
}

/** Writes domains as people read them, in their own script. */
export const displayDomains = (domains: readonly string[]) => domains.map(domainToUnicode).join(', ')

/** Tells whether a canonical e-mail address is of one of the domains. Subdomains are others. */
export const isOfDomains = (email: string, domains: readonly string[]) =>
  domains.includes(email.slice(email.lastIndexOf('@') + 1))
