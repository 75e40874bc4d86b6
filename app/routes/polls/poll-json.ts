/** Polls as JSON, in the tutorial's form. */
import type { FastifyRequest } from 'fastify'
import type { Choice, Question, ListedQuestion } from '../../models/polls/question-row.ts'
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

/** The fields of a question that viewers get as they are. */
const SHOWN_FIELDS = [
  'id',
  'slug',
  'question_text',
  'description',
  'kind',
  'count_method',
  'budget',
  'min_choices',
  'max_choices',
  'max_ballots',
  'quorum',
  'quorum_percent',
  'threshold',
  'retention_days',
  'delete_time',
  'audience',
  'privacy',
  'results',
  'revote',
  'listed',
  'suggestions',
  'close_time',
  'time_zone',
  'closed_time',
  'reopened_time',
  'open',
  'revision',
  'edits',
  'create_time'
] as const satisfies Array<keyof Question>

const shownOf = (question: Question) =>
  Object.fromEntries(SHOWN_FIELDS.map(name => [name, question[name]])) as Pick<
    Question,
    (typeof SHOWN_FIELDS)[number]
  >

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

/** Makes a poll of a list, for a page or for JSON; the number of voters only for viewers who may see it without a vote. */
export function listItem({ server, viewer }: FastifyRequest, question: ListedQuestion) {
  const canSeeResults = server.results.canSeeResults(question, viewer, false)
  return { ...question, voters: canSeeResults ? question.voters : null }
}

/** Makes the JSON of a poll of a list. */
export const summaryJson = (question: ReturnType<typeof listItem>) => ({
  id: question.id,
  slug: question.slug,
  question_text: question.question_text,
  kind: question.kind,
  open: question.open,
  close_time: question.close_time,
  voters: question.voters,
  create_time: question.create_time
})
