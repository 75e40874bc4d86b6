/** Polls without an account: the link that manages one, and its claim. */
import { z } from 'zod'
import { optionalBody } from './fields.ts'
import { Question } from './poll-answers.ts'

const token = z
  .string()
  .max(200)
  .meta({ accepts: { type: 'string', pattern: '^[0-9a-f]{32}$' } })

/** The token, where it is not in the cookie of the poll's pages. */
export const ClaimBody = optionalBody(z.object({ token: token.optional() }))

export const NewQuestion = Question.extend({
  manage_token: z
    .string()
    .optional()
    .describe(
      'Of a poll without an account: `Authorization: Manage TOKEN` acts as its owner. Told this once.'
    ),
  manage_link: z.url().optional().describe('The same as a link for browsers.')
}).meta({ id: 'NewQuestion', description: 'A poll that was made.' })
