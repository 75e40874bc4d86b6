/** The right options of a quiz. */
import { ballotForm, type Kind } from './kinds.ts'

interface Poll {
  question_text: string
  choice_text: readonly string[]
}

interface Quiz extends Poll {
  /** The texts of the right options. */
  correct?: readonly string[] | undefined
}

/**
 * Returns the right options of a quiz that becomes this poll; only one in which options are chosen
 * has some. With the same question and as many options, a new text in the place of a right one is
 * right: it was corrected.
 */
export function keptMarks({ correct = [], ...former }: Quiz, poll: Poll & { kind: Kind }): string[] {
  const { question_text, choice_text: texts, kind } = poll
  if (ballotForm(kind) !== 'choose') return []
  const isCorrected = former.question_text === question_text && former.choice_text.length === texts.length
  return correct.flatMap(text => {
    if (texts.includes(text)) return text
    const successor = isCorrected ? texts[former.choice_text.indexOf(text)] : undefined
    return successor === undefined || former.choice_text.includes(successor) ? [] : successor
  })
}
