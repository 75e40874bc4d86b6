/** Polls as JSON, in the tutorial's form. */
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Choice, Question, ListedQuestion } from '../../models/polls/question-row.ts'
import { QuestionSummary, shownFields } from '../../schemas/poll-answers.ts'
import { isFull } from '../../values/full.ts'
import { decisionJson } from '../../values/decision.ts'
import { ballotIn, type OwnBallot } from '../voting/voter.ts'

/** Makes the JSON of a choice; without the right to see the results, it has no number of votes. */
export const choiceJson = (canSeeResults: boolean) => (choice: Choice) => ({
  id: choice.id,
  delete_flag: Number(choice.retired),
  choice_text: choice.choice_text,
  ...(choice.starts !== null && { starts: choice.starts, ends: choice.ends }),
  ...(choice.capacity !== null && { capacity: choice.capacity, full: isFull(choice) }),
  votes: canSeeResults ? choice.votes : null,
  question_id: choice.question_id,
  create_time: choice.create_time
})

/**
 * Makes a function that returns the fields of a schema, as they are: what the schema has not is not
 * sent.
 */
function pickerOf<Shape extends z.ZodRawShape>({ shape }: z.ZodObject<Shape>) {
  const names = Object.keys(shape) as Array<keyof Shape & string>
  return <T extends Record<keyof Shape, unknown>>(from: T) =>
    Object.fromEntries(names.map(name => [name, from[name]])) as Pick<T, keyof Shape & string>
}

const shownOf = pickerOf(shownFields)

/** Makes the JSON of a poll for a viewer with this ballot. */
export const questionJson = (question: Question, ballot: OwnBallot | null, canSeeResults: boolean) => ({
  ...shownOf(question),
  invited: question.audience === 'list' ? question.invited : 0,
  voters: canSeeResults ? question.voters : null,
  choices: question.choices.map(choiceJson(canSeeResults)),
  outcome: decisionJson(question),
  vote: ballot ? ballot.choice : []
})

/** Makes the JSON of a poll for its owner, who sees the results, with the owner's own vote. */
export async function ownJson(request: FastifyRequest, question: Question) {
  return questionJson(question, await ballotIn(request, question), true)
}

/**
 * Makes a poll of a list, for a page or for JSON; the number of voters only for viewers who may see
 * it without a vote.
 */
export function listItem({ server, viewer }: FastifyRequest, question: ListedQuestion) {
  const canSeeResults = server.results.canSeeResults(question, viewer, false)
  return { ...question, voters: canSeeResults ? question.voters : null }
}

/** Makes the JSON of a poll of a list, as listItem made it. */
export const summaryJson = pickerOf(QuestionSummary)
