/** The option that a suggestion becomes. The question's row is locked. */
import type { Transaction } from '../../db/database.ts'
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { visibleForm } from '../../values/text.ts'
import { editsOf, type Stored } from './amendment.ts'
import { carryOut } from './amendments.ts'

/** Tells whether two texts look the same, and so are one option. */
export const lookSame = (one: string, other: string) => visibleForm(one) === visibleForm(other)

/**
 * Returns the id of the option that looks like this text. Pure. Throws InvalidInput if it is
 * retired.
 */
export function findOption({ choices }: Stored, text: string): number | undefined {
  const same = choices.filter(({ choice_text }) => lookSame(choice_text, text))
  const active = same.find(({ retired }) => !retired)
  if (same.length > 0 && !active) throw new InvalidInput({ choice_text: messageKey('retiredStays') })
  return active?.id
}

/**
 * Returns what adds an option that a voter suggests. Pure. Throws InvalidInput if the poll takes no
 * further one.
 */
export function additionOf(stored: Stored, text: string) {
  const { edits, active } = editsOf(stored, { choices: [], choice_text: [text], dates: [], confirm: true })
  return { edits: edits.map(one => ({ ...one, act: 'choice_suggested' as const })), active }
}

/**
 * Adds an option with its line of the history. Returns its id. `time`: what is stored as their
 * time, in the database's form. Throws as `additionOf`.
 */
export async function addOption(
  tx: Transaction,
  question: number,
  stored: Stored,
  text: string,
  time: string
): Promise<number> {
  const [added] = await carryOut(tx, question, stored, { ...additionOf(stored, text), time })
  return added!.choice_id! // the one that was added
}
