/** What the history of a poll, its votes over time and the export of its ballots answer as JSON. */
import { z } from 'zod'
import { EDIT_ACTS } from '../values/edits.ts'
import { Id, Next, Time } from './answers.ts'
import { dates } from './ballots.ts'

const edit = z.object({
  id: Id,
  revision: z.int().describe('Of the poll after the edit.'),
  act: z.enum(EDIT_ACTS),
  choice_id: Id.nullable().describe('The option that the edit is about.'),
  before: z.string().nullable(),
  after: z.string().nullable(),
  create_time: Time
})

export const History = z
  .object({ edits: z.array(edit), next: Next })
  .meta({ id: 'History', description: 'What was changed in a poll after its first vote, newest first.' })

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
      .describe('What each ballot gives these options, in a poll of answers, scores or points.'),
    edits: z.array(edit).describe('The history of the poll, oldest first.')
  })
  .meta({ id: 'Ballots' })

export const Timeline = z
  .object({
    question_id: Id,
    step: z.int().describe('Seconds that a point stands for.'),
    points: z.array(z.object({ time: Time.describe('Where the step begins.'), votes: z.int() }))
  })
  .meta({ id: 'Timeline', description: 'Ballots that count, by the time of their last change.' })
