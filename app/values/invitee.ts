/** Lines of a voter list that may hold an e-mail address: `Ann`, `Ann <ann@example.org>`, `ann@example.org`. */

/** Code points of a line: a name, an address and what stands around them. */
export const MAX_INVITEE_LINE = 320

/** What separates the addresses of a mail's To field, left behind the last one of a line. */
const SEPARATORS = /[\s\p{Cf},;\u060c\u061b\u3001\uff0c\uff1b]{1,8}$/u

/** A person of a voter list. `email`: where the invitation is sent. */
export interface Invitee {
  name: string | null
  email: string | null
}

/** Splits a line into its name and what is meant as an address. Undefined: it holds no address. */
export function splitInvitee(line: string): { name: string; address: string } | undefined {
  const text = line.replaceAll('\uff20', '@').replace(SEPARATORS, '').trim()
  const [, before, inside] = /^([^<>]*)<([^<>]*)>$/.exec(text) ?? []
  if (before && inside !== undefined)
    return { name: before.trim().replace(/^"(.*)"$/, '$1'), address: inside.trim() }
  // `canonicalEmail` takes an address in brackets.
  return /\S@\S/.test(text) ? { name: '', address: text } : undefined
}
