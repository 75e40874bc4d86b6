/** What the resources of polls answer as JSON. */
import { z } from 'zod'
import { COUNT_METHODS, KINDS } from '../values/kinds.ts'
import { PRIVACIES } from '../values/privacy.ts'
import { dates, NamedBallot } from './ballots.ts'
import { Id, Next, okWith, Time } from './answers.ts'

const votes = z.int().min(0).nullable().describe('null while the viewer may not see the result.')
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

/** The fields of a poll. A further field of an answer is added by `extend`. */
const poll = z.object({
  id: Id,
  slug: z.string(),
  question_text: z.string(),
  description: z.string(),
  kind,
  count_method: z.enum(COUNT_METHODS).nullable().describe('How a ranked poll is counted.'),
  budget: z.int().nullable().describe('The points of a ballot, in a poll of points.'),
  min_choices: z.int(),
  max_choices: z.int(),
  quorum: z.int().nullable().describe('Votes that the result needs to decide.'),
  threshold: z
    .enum(['half', 'two_thirds'])
    .nullable()
    .describe('What an option needs to win: more than half of the votes, or two thirds.'),
  max_ballots: z.int().nullable().describe('Voters that the poll takes; null: any number.'),
  audience: z.enum(['link', 'members']),
  privacy: z
    .enum(PRIVACIES)
    .describe('Who sees who voted what: all who see the result, no page, or not even the database.'),
  results: z.enum(['always', 'after_vote', 'after_close', 'owner']),
  revote: z.boolean().describe('Whether a vote may be changed.'),
  listed: z.boolean(),
  close_time: Time.nullable().describe('When the poll closes by itself.'),
  time_zone: z.string().nullable().describe('In which the options are days and times; null: they are texts.'),
  closed_time: Time.nullable().describe('When its owner closed it.'),
  reopened_time: Time.nullable(),
  open: z.boolean().describe('Whether votes are accepted now.'),
  revision: z.int().describe('Counts edits.'),
  edits: z.int().describe('Lines of the history.'),
  voters: votes,
  create_time: Time,
  choices: z.array(Choice),
  vote: z.array(Id).describe('The options that the viewer has chosen.')
})

const link = z.url().describe('The address to share.')

export const Question = poll.meta({ id: 'Question', description: 'A poll as the viewer may see it.' })
export const QuestionWithLink = poll.extend({ link }).meta({ id: 'QuestionWithLink' })
export const ChangedQuestion = okWith(poll.shape).meta({ id: 'ChangedQuestion' })
export const RemovedQuestion = okWith({ question_id: Id }).meta({ id: 'RemovedQuestion' })
const correct = z.array(Id).describe('The right options; empty: the poll is no quiz.')
export const Quiz = z.object({ correct }).meta({ id: 'Quiz' })
export const MarkedQuiz = okWith({ correct }).meta({ id: 'MarkedQuiz' })
export const Presented = okWith({
  results: z.enum(['show', 'hide']).optional(),
  timer: z.int().min(0).optional().describe('Seconds until the poll closes; 0: not by itself.')
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
  choice: z.array(Id).describe('The chosen options, in a ranked poll the best first; empty without a vote.'),
  value: z
    .array(z.int())
    .optional()
    .describe('What each of these options is given, in a poll of answers, scores or points.'),
  name: z.string().optional().describe('The name that a guest gave, in a poll with names.'),
  cast_time: Time.nullable()
}

export const Ballot = z
  .object({
    ...ballot,
    revision: z.int().optional().describe('The revision of the poll that the vote was cast under.')
  })
  .meta({ id: 'Ballot', description: 'The vote of the viewer.' })

export const CountedBallot = okWith({
  ...ballot,
  browser_vote_removed: z
    .literal(true)
    .optional()
    .describe('This browser had a vote too, which was removed: that of the account counts.')
}).meta({ id: 'CountedBallot', description: 'The vote as it is stored now.' })

const number = z.number().nullable()
const duel = z.object({ a: Id, b: Id, for_a: z.int(), for_b: z.int() })
const round = z.object({
  tally: z.array(z.object({ id: Id, votes: z.int() })),
  eliminated: z.array(Id).describe('Empty in the last round.'),
  exhausted: z.int().describe('Ballots that name no option that is left.'),
  tie: z.boolean().describe('The rule for ties decided; in the last round: the last two are equal.')
})

/** What a result has beside the votes, by kind of poll. */
const counted = {
  choice: {
    yes: z.int().optional().describe('`answers`, like `if_needed` and `no`.'),
    if_needed: z.int().optional(),
    no: z.int().optional(),
    points: z.int().optional().describe('`score` and `dots`.'),
    n: z.int().optional().describe('`score`: ballots that score the option. The following are of these.'),
    mean: number.optional(),
    median: number.optional(),
    spread: number.optional().describe('Standard deviation.'),
    histogram: z.array(z.int()).optional().describe('How many gave 0, 1, 2, 3, 4, 5.'),
    firsts: z.int().optional().describe('`ranked`: ballots that rank the option first.'),
    duels_won: z.int().optional().describe('`ranked`.')
  },
  poll: {
    winners: z
      .array(Id)
      .optional()
      .describe('Kinds with values or ranks: the best options, several in a tie.'),
    runoff: duel.nullable().optional().describe('`score`: the two best, and who scores which higher.'),
    rounds: z.array(round).optional().describe('`ranked` by `irv`.'),
    duels: z.array(duel).optional().describe('`ranked`.'),
    order: z.array(z.array(Id)).optional().describe('`ranked`: best to worst; equal options share a place.')
  }
}

export const Results = z
  .object({
    question_id: Id,
    tally_version: votes.describe('Grows with every change of the result.'),
    open: z.boolean(),
    close_time: Time.nullable(),
    correct: z.array(Id).nullable().describe('The right options of a quiz that is closed; else null.'),
    voters: votes,
    ...counted.poll,
    people: z
      .array(NamedBallot)
      .optional()
      .describe('Of a poll with names, in the result: who voted what, a page of it.'),
    next: Next.optional(),
    ruling: z
      .enum(['decided', 'no_quorum', 'tie', 'no_majority'])
      .optional()
      .describe('What the result decides; only of a poll with a quorum or a threshold.'),
    choices: z.array(
      z.object({
        id: Id,
        choice_text: z.string(),
        ...dates,
        votes: votes.describe('Ballots that name the option.'),
        percent: number.describe('Length of the bar on the page.'),
        ...counted.choice
      })
    )
  })
  .meta({ id: 'Results', description: 'Numbers are null while the viewer may not see them.' })
