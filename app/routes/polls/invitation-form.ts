/** What the form of a voter list shows again. */
import { MAX_NEW_INVITATIONS } from '../../values/audience.ts'
import { MAX_INVITEE_LINE } from '../../values/invitee.ts'
import { boundTyped } from '../../values/typed.ts'
import { randomText } from '../../values/random-text.ts'
import { listOf } from '../../values/list.ts'

/**
 * UTF-16 units: the most names, each of emoji, with line breaks. `boundTyped` would cut a list that
 * can be corrected.
 */
const MAX_NAMES_TEXT = MAX_NEW_INVITATIONS * (2 * MAX_INVITEE_LINE + 2)

const isText = (value: unknown) => typeof value === 'string'

/**
 * Returns what was sent, as text or as the schema has read it: names as a list, or null for each
 * without a name.
 */
export function typedInvitations(body: unknown) {
  const { names } = (body ?? {}) as { names?: unknown }
  const { number, nonce, field } = boundTyped(body)
  const text = listOf(names).filter(isText).join('\n')
  const isNumber = field === 'number' && Array.isArray(names)
  return {
    names: text.slice(0, MAX_NAMES_TEXT),
    number: isNumber ? names.length : (number ?? ''),
    nonce: isText(nonce) ? nonce : randomText()
  }
}
