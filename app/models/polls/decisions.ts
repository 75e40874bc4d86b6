/** What the organiser of a poll has decided: an option, a text, or both. It can be withdrawn. */
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { decisionJson } from '../../values/decision.ts'
import { type LockedPolls, type Owner, UNCHANGED } from './locked-poll.ts'
import type { Question } from './question-row.ts'

interface Decision {
  /** The id of a choice; null: a text alone. */
  choice: number | null
  text: string
}

/**
 * Sets of an UPDATE that replaces the choices, so that nothing is decided any more. The counter
 * comes first: it reads the others.
 */
export const WITHDRAWN = `decisions = decisions + (decision_time IS NOT NULL), decision_time = NULL, decision_text = NULL,
  decided_id = NULL`

/** Returns a decision with its choice, for a page; null without one. */
export function decisionOf(question: Question) {
  const made = decisionJson(question)
  return made && { ...made, choice: question.choices.find(({ id }) => id === made.choice) ?? null }
}

export class Decisions {
  readonly #polls: LockedPolls

  constructor(polls: LockedPolls) {
    this.#polls = polls
  }

  /** Decides; the same decision again changes nothing. Throws NotOwner, InvalidInput. */
  async decide(question: number, owner: Owner, { choice, text }: Decision): Promise<void> {
    await this.#polls.change(question, { owner }, async (tx, row) => {
      const isSame =
        row.decision_time !== null && row.decided_id === choice && (row.decision_text ?? '') === text
      if (isSame) return UNCHANGED
      const ofIt = 'SELECT id FROM choice WHERE id = ? AND question_id = ? AND delete_flag = 0'
      if (choice !== null && !(await tx.fetchone(ofIt, [choice, question])))
        throw new InvalidInput({ choice: messageKey('chooseOfThis') })
      const sql = `UPDATE question SET decided_id = ?, decision_text = ?, decision_time = ${tx.dialect.clock},
        decisions = decisions + 1 WHERE id = ?`
      await tx.execute(sql, [choice, text === '' ? null : text, question])
    })
  }

  /** Withdraws the decision, if there is one. Throws NotOwner. */
  async withdraw(question: number, owner: Owner): Promise<void> {
    await this.#polls.change(question, { owner }, async (tx, { decision_time }) => {
      if (decision_time === null) return UNCHANGED
      const sql =
        'UPDATE question SET decision_time = NULL, decision_text = NULL, decisions = decisions + 1 WHERE id = ?'
      await tx.execute(sql, [question])
    })
  }
}
