/**
 * Voter lists: what makes, presents and revokes invitations to vote, and what the resources answer.
 */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { INVITATION_STATES, MAX_NEW_INVITATIONS, REVOKED_VOTES } from '../values/audience.ts'
import { MAX_INVITEE_LINE } from '../values/invitee.ts'
import { pastedLines } from '../values/pasted-list.ts'
import { listOf } from '../values/list.ts'
import { Id, Next, okWith } from './answers.ts'
import { doneField, optionalBody, optionalDigits, wholeNumber } from './fields.ts'
import { Nonce } from './poll.ts'
import { After } from './ids.ts'
import { rowLine } from './text.ts'

/** Where the list continues. */
export const VoterListQuery = z.object({
  after: After,
  done: doneField('revoked')
})

/** One more than allowed causes the error; further ones are not read. */
const MAX_READ = MAX_NEW_INVITATIONS + 1

// `inviteesOf` reads it: a name, with or without an address.
const name = rowLine(MAX_INVITEE_LINE, messageKey('invitees'))
const names = z
  .array(name, messageKey('invitees'))
  .max(MAX_NEW_INVITATIONS, messageKey('tooManyInvitees', MAX_NEW_INVITATIONS))
const number = wholeNumber(1, MAX_NEW_INVITATIONS)

interface Sent {
  names?: string[] | undefined
  number?: number | undefined
  nonce?: string | undefined
}

/** Names, or a number of invitations without names; not both. */
const oneOfBoth = <T extends z.ZodType<Sent>>(sent: T) =>
  sent
    .refine(({ names: typed, number: wanted }) => typed?.length || wanted !== undefined, {
      path: ['names'],
      error: messageKey('invitees')
    })
    .refine(({ names: typed, number: wanted }) => !typed?.length || wanted === undefined, {
      path: ['number'],
      error: messageKey('namesOrNumber')
    })
    .transform(({ names: typed, number: wanted = 0, nonce }) => ({
      names: typed?.length ? typed : Array.from({ length: wanted }, () => null),
      /** The field that the list is too long by. */
      field: typed?.length ? 'names' : 'number',
      nonce
    }))

const sentNames = {
  type: 'array',
  items: { type: 'string', maxLength: MAX_INVITEE_LINE },
  maxItems: MAX_NEW_INVITATIONS
} as const

/**
 * Invitations as JSON: `{"names": ["Ann", "Bob <bob@example.org>"]}` or `{"number": 30}`. The
 * addresses are for a site that sends mail.
 */
export const InvitationsBody = oneOfBoth(
  z.object({
    names: z
      .preprocess(value => (Array.isArray(value) ? value.slice(0, MAX_READ) : value), names.optional())
      .meta({ accepts: sentNames }),
    number: number.optional(),
    nonce: Nonce.optional()
  })
)

const pastedNames = (value: unknown) =>
  (typeof value === 'string' ? pastedLines(value) : listOf(value)).slice(0, MAX_READ)

/** Invitations as a form: one name a line. */
export const InvitationsForm = oneOfBoth(
  z.object({
    names: z.preprocess(pastedNames, names).meta({
      accepts: {
        type: 'string',
        description: 'One name a line; where mail is configured, also `Name <address>` or an address.'
      }
    }),
    number: optionalDigits(/^[0-9]{1,9}$/, number).meta({
      accepts: { type: 'string', pattern: '^[0-9]{0,9}$' }
    }),
    nonce: Nonce.optional()
  })
)

/** Revokes an invitation. */
export const RevokeBody = optionalBody(
  z.object({ vote: z.enum(REVOKED_VOTES, messageKey('act')).default('keep') })
)

const invitation = {
  id: Id,
  number: z.int().describe('Its place in the list, from 1.'),
  name: z.string().nullable(),
  email: z.string().nullable().describe('Where mail about it is sent, while the address is stored.')
}

export const VoterList = z
  .object({
    invited: z.int().describe('Invitations that are not revoked.'),
    invitations: z.array(
      z.object({
        ...invitation,
        state: z
          .enum(INVITATION_STATES)
          .describe('hidden: of an anonymous poll it is not told while it is open.'),
        mail: z
          .enum(['waiting', 'failed'])
          .nullable()
          .describe(
            'The mail that brings it waits or was given up; null: there is none, it was sent, or the address is no longer stored.'
          )
      })
    ),
    next: Next
  })
  .meta({ id: 'VoterList', description: 'Who may vote, and who has; never what or when.' })

export const NewInvitations = okWith({
  invitations: z.array(
    z.object({ ...invitation, link: z.url().describe('Told this once: only a hash of it is stored.') })
  )
}).meta({ id: 'NewInvitations' })
