/** The ballots of a poll as JSON: those with names, and all without. */
import { z } from 'zod'
import { Id } from './answers.ts'

/** When an option takes place. */
export const dates = {
  starts: z.string().optional().describe('A day, or a time in UTC. Only of options that are dates.'),
  ends: z.string().nullable().optional().describe('The last day, or a time in UTC.')
}

export const NamedBallot = z
  .object({
    name: z.string().nullable().describe('null: the account is deleted.'),
    guest: z.boolean().describe('The name was typed with the vote and is not of an account.'),
    choice: z.array(Id),
    value: z.array(z.int()).optional()
  })
  .meta({ id: 'NamedBallot' })

export const Ballots = z
  .object({
    question_id: Id,
    choices: z.array(z.object({ id: Id, choice_text: z.string(), ...dates })),
    ballots: z
      .array(z.array(Id))
      .describe('The options of each ballot, in a ranked poll the best first; without voter or time.'),
    values: z
      .array(z.array(z.int()))
      .optional()
      .describe('What each ballot gives these options, in a poll of answers, scores or points.')
  })
  .meta({ id: 'Ballots' })
