/** What the resources of accounts and administrators answer as JSON. */
import { z } from 'zod'
import { Id, Next, okWith, Time } from './answers.ts'

const account = {
  id: Id,
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  is_admin: z.boolean(),
  create_time: Time
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

export const AdminLinks = z.object({ users: z.string() }).meta({ id: 'AdminLinks' })

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

export const Loss = z
  .object({ polls: z.int(), votes: z.int() })
  .meta({ id: 'Loss', description: 'What a deletion of the account deletes.' })

export const ResetName = okWith({ name: z.string() }).meta({ id: 'ResetName' })
