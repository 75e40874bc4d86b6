/** What the resources of polls answer as JSON. */
import { z } from 'zod'
import { COUNT_METHODS, KINDS } from '../values/kinds.ts'
import { AUDIENCES } from '../values/audience.ts'
import { PRIVACIES } from '../values/privacy.ts'
import { RESULT_AUDIENCES, THRESHOLDS } from '../values/results.ts'
import { SUGGESTION_MODES } from '../values/suggestions.ts'
import { dates } from './ballots.ts'
import { Id, Next, okWith, Time } from './answers.ts'

export const votes = z.int().min(0).nullable().describe('null while the viewer may not see the result.')
const kind = z.enum(KINDS)

/** An option that is a day or a time has these fields too. */
export const Choice = z
  .object({
    id: Id,
    delete_flag: z
      .int()
      .min(0)
      .max(1)
      .describe('1: the option can no longer be chosen, and only keeps its votes.'),
    choice_text: z.string(),
    ...dates,
    capacity: z.int().optional().describe('Voters that the option takes. Only where there is a limit.'),
    full: z.boolean().optional().describe('Whether all of them have voted.'),
    votes,
    question_id: Id,
    create_time: Time
  })
  .meta({ id: 'Choice', description: 'An option of a poll.' })

export const decision = z
  .object({
    choice: Id.nullable().describe('The option; null: a text alone.'),
    text: z.string(),
    time: Time.describe('When it was decided.'),
    sequence: z.int().describe('Grows with every decision and withdrawal.')
  })
  .nullable()
  .describe('What the organiser has decided; null: nothing.')

/** The fields of a poll that viewers get as they are stored, and no others. */
export const shownFields = z.object({
  id: Id,
  slug: z.string(),
  question_text: z.string(),
  description: z.string(),
  kind,
  count_method: z.enum(COUNT_METHODS).nullable().describe('How a ranked poll is counted.'),
  budget: z.int().nullable().describe('The points of a ballot, in a poll of points.'),
  min_choices: z.int(),
  max_choices: z.int(),
  max_ballots: z.int().nullable().describe('Voters that the poll takes; null: any number.'),
  quorum: z.int().nullable().describe('Votes that the result needs to decide.'),
  quorum_percent: z
    .int()
    .nullable()
    .describe('Percent of the invited that has to vote for the result to decide.'),
  threshold: z
    .enum(THRESHOLDS)
    .nullable()
    .describe('What an option needs to win: more than half of the votes, or two thirds.'),
  retention_days: z
    .int()
    .nullable()
    .describe('Days from closing to the deletion of the poll and its votes; null: it is kept.'),
  delete_time: Time.nullable().describe(
    'When they are deleted; null: never, or when it closes is not known.'
  ),
  audience: z.enum(AUDIENCES).describe('Who may vote: any browser, accounts, or holders of an invitation.'),
  privacy: z
    .enum(PRIVACIES)
    .describe('Who sees who voted what: all who see the result, no page, or not even the database.'),
  results: z.enum(RESULT_AUDIENCES),
  revote: z.boolean().describe('Whether a vote may be changed.'),
  listed: z.boolean(),
  suggestions: z
    .enum(SUGGESTION_MODES)
    .describe('Whether voters suggest options, and whether the organiser reads them first.'),
  close_time: Time.nullable().describe('When the poll closes by itself.'),
  time_zone: z.string().nullable().describe('In which the options are days and times; null: they are texts.'),
  closed_time: Time.nullable().describe('When its owner closed it.'),
  reopened_time: Time.nullable(),
  open: z.boolean().describe('Whether votes are accepted now.'),
  revision: z.int().describe('Counts edits.'),
  edits: z.int().describe('Lines of the history.'),
  create_time: Time
})

/** The fields of a poll. A further field of an answer is added by `extend`. */
const poll = shownFields.extend({
  invited: z.int().describe('Invitations to vote that are not revoked; 0 where none are needed.'),
  voters: votes,
  choices: z.array(Choice),
  outcome: decision,
  vote: z
    .array(Id)
    .nullable()
    .describe('The options that the viewer has chosen; empty without a vote, null where it is not shown.')
})

const link = z.url().describe('The address to share.')

export const Question = poll.meta({ id: 'Question', description: 'A poll as the viewer may see it.' })
export const QuestionWithLink = poll.extend({ link }).meta({ id: 'QuestionWithLink' })
export const ChangedQuestion = okWith(poll.shape).meta({ id: 'ChangedQuestion' })
export const RemovedQuestion = okWith({ question_id: Id }).meta({ id: 'RemovedQuestion' })
const correct = z.array(Id).describe('The right options; empty: the poll is no quiz.')
export const Quiz = z.object({ correct }).meta({ id: 'Quiz' })
export const MarkedQuiz = okWith({ correct }).meta({ id: 'MarkedQuiz' })
export const Decision = z.object({ outcome: decision }).meta({ id: 'Outcome' })
export const CalendarFile = z
  .string()
  .meta({ id: 'CalendarFile', description: 'One event, as iCalendar (RFC 5545) has it.' })
export const ChangedDecision = okWith({ outcome: decision }).meta({ id: 'DecidedOutcome' })
export const Presented = okWith({
  results: z.enum(['show', 'hide']).optional(),
  count: z.enum(['show', 'hide']).optional().describe('The number of votes of a hidden result.'),
  timer: z.int().min(0).optional().describe('Seconds until the poll closes; 0: the timer was stopped.')
}).meta({ id: 'Presented' })

export const QuestionSummary = poll
  .pick({
    id: true,
    slug: true,
    question_text: true,
    kind: true,
    open: true,
    close_time: true,
    voters: true,
    create_time: true
  })
  .meta({ id: 'QuestionSummary', description: 'A poll of a list.' })

export const QuestionList = z
  .object({ questions: z.array(QuestionSummary), next: Next })
  .meta({ id: 'QuestionList' })

export const OwnQuestions = z
  .object({ waiting: z.array(QuestionSummary), mine: z.array(QuestionSummary) })
  .meta({
    id: 'OwnQuestions',
    description: 'Open polls in which the viewer has not voted, and polls of the viewer.'
  })

const ballot = {
  question_id: Id,
  choice: z
    .array(Id)
    .nullable()
    .describe(
      'The chosen options, in a ranked poll the best first; empty without a vote. null: there is a vote, and an anonymous poll does not show what an invitation has chosen.'
    ),
  value: z
    .array(z.int())
    .optional()
    .describe('What each of these options is given, in a poll of answers, scores or points.'),
  name: z.string().optional().describe('The name that a guest gave, in a poll with names.'),
  cast_time: Time.nullable().describe('null where there is no vote, or it is not shown.')
}

export const Ballot = z
  .object({
    ...ballot,
    revision: z
      .int()
      .optional()
      .describe('The revision of the poll that the vote was cast under; not in an anonymous poll.')
  })
  .meta({ id: 'Ballot', description: 'The vote of the viewer.' })

export const CountedBallot = okWith({
  ...ballot,
  browser_vote_removed: z
    .literal(true)
    .optional()
    .describe('This browser had a vote too, which was removed: that of the account counts.')
}).meta({ id: 'CountedBallot', description: 'The vote as it is stored now.' })
