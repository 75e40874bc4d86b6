/** The option that a suggestion becomes. The question's row is locked. */
import type { Transaction } from '../../db/database.ts'
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { visibleForm } from '../../values/text.ts'
import { type Amendment, editsOf } from './amendment.ts'
import { carryOut, readStored } from './amendments.ts'

/** Tells whether two texts look the same, and so are one option. */
export const lookSame = (one: string, other: string) => visibleForm(one) === visibleForm(other)

/** What adds an option with this text. Voters suggest it where the organiser has said so. */
export const asAmendment = (text: string): Amendment => ({ choices: [], choice_text: [text], confirm: true })

/** Returns the id of the option that looks like this text. Throws InvalidInput if it is retired. */
export async function findOption(tx: Transaction, question: number, text: string) {
  const { choices } = await readStored(tx, question)
  const same = choices.filter(({ choice_text }) => lookSame(choice_text, text))
  const active = same.find(({ delete_flag }) => !delete_flag)
  if (same.length > 0 && !active) throw new InvalidInput({ choice_text: messageKey('retiredStays') })
  return active?.id
}

/** Adds an option with its line of the history. Returns its id. Throws InvalidInput if the poll takes no further one. */
export async function addOption(tx: Transaction, question: number, text: string): Promise<number> {
  const stored = await readStored(tx, question)
  const { edits, active } = editsOf(stored, asAmendment(text))
  const suggested = edits.map(one => ({ ...one, act: 'choice_suggested' as const }))
  const [added] = await carryOut(tx, question, stored, { edits: suggested, active })
  return added!.choice_id! // the one that was added
}
