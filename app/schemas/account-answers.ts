/** What the resources of accounts and administrators answer as JSON. */
import { z } from 'zod'
import { Id, Next, okWith, Time } from './answers.ts'
import { IdentityList } from './identity.ts'
import { TemplateList } from './templates.ts'
import { TokenList } from './tokens.ts'
import { RoomList } from './rooms.ts'
import { WebhookList } from './webhooks.ts'

const account = {
  id: Id,
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  is_admin: z.boolean(),
  create_time: Time,
  second_factor: z.boolean().describe('A sign-in with the password also needs a code.')
}
const ownAccount = {
  ...account,
  locale: z.string().nullable().describe('The chosen language; null follows the browser.')
}

export const OwnAccount = z.object(ownAccount).meta({ id: 'OwnAccount' })
export const ChangedAccount = okWith(ownAccount).meta({ id: 'ChangedAccount' })

const ListedAccount = z.object({ ...account, disabled_time: Time.nullable() }).meta({ id: 'ListedAccount' })

export const AccountList = z.object({ users: z.array(ListedAccount), next: Next }).meta({ id: 'AccountList' })
export const OneAccount = z.object({ user: ListedAccount }).meta({ id: 'OneAccount' })
export const ChangedUser = okWith({
  user: ListedAccount,
  link: z.url().optional().describe('Where the account gets a new password, once.'),
  expires_time: Time.optional()
}).meta({ id: 'ChangedUser' })

export const SessionList = z
  .object({
    sessions: z.array(
      z.object({
        handle: z.string().describe('Names the session when it is ended. It is no credential.'),
        begun: Time,
        used: Time,
        agent: z.string().nullable(),
        current: z.boolean()
      })
    )
  })
  .meta({ id: 'SessionList' })

export const OwnData = z
  .object({
    account: OwnAccount,
    pending_email: z.string().nullable().describe('The new e-mail address that is not confirmed yet.'),
    polls: z.array(
      z.object({
        id: Id,
        slug: z.string(),
        question_text: z.string(),
        description: z.string(),
        create_time: Time,
        choices: z.array(z.string())
      })
    ),
    votes: z.array(
      z.object({
        question_id: Id,
        question_text: z.string(),
        cast_time: Time,
        choices: z.array(z.string()),
        values: z
          .array(z.int().nullable())
          .describe('The score or the points of each option, in such a poll.')
      })
    ),
    suggestions: z.array(
      z.object({
        question_id: Id,
        question_text: z.string(),
        choice_text: z.string(),
        state: z.enum(['waiting', 'accepted', 'refused'])
      })
    ),
    ...SessionList.shape,
    ...IdentityList.shape,
    ...TokenList.shape,
    ...WebhookList.shape,
    ...RoomList.shape,
    ...TemplateList.shape,
    digest: z.boolean().describe('A daily mail about the own polls is wanted.')
  })
  .meta({ id: 'OwnData', description: 'Everything that is stored about an account.' })

export const Loss = z
  .object({ polls: z.int(), votes: z.int() })
  .meta({ id: 'Loss', description: 'What a deletion of the account deletes.' })

const invitation = { id: Id, expires_time: Time }

export const InvitationList = z
  .object({
    invitations: z.array(
      z.object({
        ...invitation,
        create_time: Time,
        is_open: z.boolean().describe('It is neither used nor expired.'),
        user: z
          .object({ id: Id, name: z.string() })
          .nullable()
          .describe('The account that was made with it.'),
        mail: z
          .enum(['waiting', 'failed'])
          .nullable()
          .describe('The mail that brings it. Null: there is none, or it was sent.')
      })
    )
  })
  .meta({ id: 'InvitationList' })
export const NewInvitation = okWith({
  ...invitation,
  link: z.url().describe('Where one person registers, once. It is not shown again.')
}).meta({ id: 'NewInvitation' })

export const ResetName = okWith({ name: z.string() }).meta({ id: 'ResetName' })
export const PendingAddress = okWith({ email: z.string() }).meta({ id: 'PendingAddress' })
export const DigestAnswer = okWith({ digest: z.boolean() }).meta({ id: 'DigestAnswer' })
