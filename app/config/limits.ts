/** Settings of rate limits. */
import { z } from 'zod'

/** Describes a limit of `most` events in `seconds`. Further ones get 429 until the time is over. */
const limit = (most: number, seconds: number, description: string) =>
  z
    .strictObject({
      most: z.int().positive().default(most).describe(`Maximum number of ${description}.`),
      seconds: z.int().positive().max(86_400).default(seconds).describe('Within this time, in seconds.')
    })
    .prefault({})

export const limits = z.strictObject({
  wrongPasswords: limit(10, 600, 'wrong passwords for an account'),
  wrongPasswordsOfAddress: limit(100, 600, 'wrong passwords from a client address'),
  wrongTokens: limit(100, 600, 'invalid tokens from a client address'),
  wrongCodes: limit(
    200,
    600,
    'wrong join codes of rooms from a client address; a lecture hall may share one'
  ),
  registrations: limit(500, 3_600, 'new accounts from a client address; a lecture hall may share one'),
  waitingForms: limit(60, 600, 'forms that wait for sign-in at a provider, from a client address'),
  mails: limit(
    500,
    3_600,
    'mails that a client address asks for, such as those with a reset link; a lecture hall may share one; those that confirm a registration are bounded by `limits.registrations`'
  ),
  mailsOfAccount: limit(
    3,
    3_600,
    'mails of each kind that are asked for an e-mail address; further ones are not sent, a further change of an account to it is refused'
  ),
  accountChanges: limit(
    10,
    3_600,
    'changes of the e-mail address or phone number of an account, taken or not'
  ),
  invitationMails: limit(1_000, 86_400, 'invitations to vote that a user sends by mail'),
  polls: limit(100, 3_600, 'new polls by a user'),
  guestPolls: limit(100, 3_600, 'new polls without an account, from a client address; a class may share one'),
  pollForms: limit(
    120,
    60,
    'forms that make or change a poll, sent by a user, or by a guest at a client address, valid or not'
  ),
  reports: limit(20, 3_600, 'reports of polls from a client address'),
  votes: limit(2_000, 60, 'votes in a poll from a client address; a lecture hall may share one')
})
