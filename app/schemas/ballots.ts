/** Parts of a poll as JSON: when an option takes place, and a ballot with its name. */
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
    guest: z
      .boolean()
      .describe('The name was typed with the vote, and is neither of an account nor of the voter list.'),
    choice: z.array(Id),
    value: z.array(z.int()).optional()
  })
  .meta({ id: 'NamedBallot' })
