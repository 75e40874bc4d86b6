/** What the resources of results answer as JSON. */
import { z } from 'zod'
import { RULINGS } from '../values/results.ts'
import { Id, Next, Time } from './answers.ts'
import { dates, NamedBallot } from './ballots.ts'
import { decision, votes } from './poll-answers.ts'

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
    revision: z.int().describe('Counts edits of the poll, also of its options.'),
    open: z.boolean(),
    full: z
      .boolean()
      .describe(
        'The poll is open and takes no further voter: it has `max_ballots` votes, or fewer options than `min_choices` have seats and voters suggest none.'
      ),
    full_choices: z.array(Id).describe('The options whose `capacity` is taken.'),
    close_time: Time.nullable(),
    correct: z.array(Id).nullable().describe('The right options of a quiz that is closed; else null.'),
    outcome: decision,
    voters: votes,
    ...counted.poll,
    people: z
      .array(NamedBallot)
      .optional()
      .describe('Of a poll with names, in the result: who voted what, a page of it.'),
    next: Next.optional(),
    ruling: z
      .enum(RULINGS)
      .optional()
      .describe('What the result decides; only of a poll with a quorum or a threshold.'),
    choices: z.array(
      z.object({
        id: Id,
        choice_text: z.string(),
        ...dates,
        votes: votes.describe('Ballots that name the option.'),
        percent: number.describe('The part of the option, which its bar shows: docs/counting.md.'),
        ...counted.choice
      })
    )
  })
  .meta({ id: 'Results', description: 'Numbers are null while the viewer may not see them.' })
