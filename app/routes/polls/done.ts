/** What the viewer has just done with a poll, for the page that follows. */
import type { FastifyRequest } from 'fastify'
import { unlessRefused } from '../../app-error.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { Done } from '../../schemas/questions.ts'
import { readPoll } from './access.ts'

/** Returns the act that the address names, unless it was undone since, in this tab or another. */
export function doneWith(done: Done | undefined, question: Question, hasVoted: boolean): Done | null {
  const { open, privacy, decision_time } = question
  const isDecided = decision_time !== null
  const stands: { [act in Done]?: boolean } = {
    // In an anonymous poll that is closed, the viewer's ballot is not known.
    withdrawn: !hasVoted && (open || privacy !== 'anonymous'),
    closed: !open,
    reopened: open,
    decided: isDecided,
    undecided: !isDecided
  }
  return done !== undefined && (stands[done] ?? true) ? done : null
}

/** A vote or a withdrawal in a poll that the page does not show. */
export interface DoneElsewhere {
  question_text: string
  isWithdrawn: boolean
}

/**
 * Returns what the viewer has just done in this poll, unless it was undone since; null where they
 * may not open the poll.
 */
export async function doneIn(
  request: FastifyRequest,
  slug: string,
  done: Done | undefined
): Promise<DoneElsewhere | null> {
  const read = await unlessRefused(readPoll(request, slug), null)
  if (!read) return null
  const { question } = read
  const hasVoted = read.ballot !== null
  const isWithdrawn = done === 'withdrawn'
  const stands = isWithdrawn ? doneWith(done, question, hasVoted) !== null : hasVoted
  return stands ? { question_text: question.question_text, isWithdrawn } : null
}
