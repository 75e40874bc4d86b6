/** What the viewer has just done with a poll, for the page that follows. */
import type { Question } from '../../models/polls/question-row.ts'
import type { Done } from '../../schemas/questions.ts'

/** Returns the act that the address names, unless it was undone since, in this tab or another. */
export function doneWith(
  done: Done | undefined,
  { open, decision_time }: Question,
  hasVoted: boolean
): Done | null {
  const isDecided = decision_time !== null
  const stands: { [act in Done]?: boolean } = {
    withdrawn: !hasVoted,
    closed: !open,
    reopened: open,
    decided: isDecided,
    undecided: !isDecided
  }
  return done !== undefined && (stands[done] ?? true) ? done : null
}
