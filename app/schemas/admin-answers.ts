/** What the administrators' resources of the instance answer as JSON. */
import { z } from 'zod'
import { ACTS } from '../values/admin-acts.ts'
import { Id, Next, Time } from './answers.ts'
import { QuestionSummary } from './poll-answers.ts'

const Person = z.object({ id: Id, name: z.string().describe('Empty after the account was deleted.') })

export const AdminHome = z
  .object({
    users: z.string().describe('The address of the accounts.'),
    polls: z.string(),
    reports: z.string(),
    log: z.string(),
    settings: z.string(),
    numbers: z.object({
      polls: z.int(),
      accounts: z.int(),
      streams: z.int().describe('Open event streams of the replica that answers.'),
      reported: z.int().describe('Polls with reports that wait for a decision.'),
      votes: z.array(
        z.object({ day: z.string().describe('UTC, `YYYY-MM-DD`.'), votes: z.int() }).meta({
          description: 'Ballots of this day that still count.'
        })
      )
    }),
    version: z.string(),
    schema: z.int().describe('The number of the last migration.'),
    upgraded: Time.nullable(),
    compared: z.int().nullable().describe('Polls whose result was the same before and after that migration.'),
    backup: Time.nullable().describe('When the command `backup` last ran.'),
    health: z.object({ database: z.boolean(), redis: z.boolean().nullable() }),
    mail: z
      .object({ waiting: z.int(), failed: z.int(), failure: z.string().nullable() })
      .nullable()
      .describe('Mail that waits, mail that was given up in the last week, and the code of the last failure.')
  })
  .meta({
    id: 'AdminHome',
    description: 'The instance. `redis` and `mail` are null where none is configured.'
  })

export const AdminPollList = z
  .object({
    questions: z.array(
      QuestionSummary.extend({
        listed: z.boolean(),
        owner: Person.nullable().describe('null: a guest.')
      }).meta({ id: 'AdminPoll' })
    ),
    next: Next
  })
  .meta({ id: 'AdminPollList' })

export const AdminLogPage = z
  .object({
    log: z.array(
      z.object({
        id: Id,
        create_time: Time,
        admin: Person.nullable().describe('null: a command.'),
        act: z.enum(ACTS),
        user: Person.nullable(),
        question: z.object({ slug: z.string(), question_text: z.string() }).nullable(),
        detail: z.string()
      })
    ),
    next: Next
  })
  .meta({ id: 'AdminLogPage' })

export const ReportQueue = z
  .object({
    polls: z.array(
      z.object({
        question_id: Id,
        slug: z.string(),
        question_text: z.string(),
        open: z.boolean(),
        newest: Id.describe('The newest report.'),
        owner: Person.extend({ is_disabled: z.boolean() }).nullable().describe('null: a guest.'),
        reports: z.array(z.object({ reason: z.string(), create_time: Time }))
      })
    ),
    next: Next
  })
  .meta({ id: 'ReportQueue' })
