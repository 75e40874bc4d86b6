/** Input of the administrators' pages. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { doneField, optionalBody } from './fields.ts'
import { Email } from './accounts.ts'
import { After, formId, jsonId, TextId } from './ids.ts'
import { searched } from './text.ts'

export const UsersQuery = z.object({ q: searched(254), after: After })
export const PollsQuery = z.object({
  q: searched(200),
  after: After,
  done: doneField('1')
})
export const PollsAct = z.object({ act: z.literal('remove_samples', messageKey('act')) })
export const LogQuery = z.object({ after: After })

/** To whom the invitation is sent; empty: to no one. */
export const InvitationBody = optionalBody(
  z.object({ email: z.preprocess(text => (text === '' ? undefined : text), Email.optional()) })
)
/** After an invitation was revoked, the list says so. */
export const InvitationsQuery = z.object({ done: doneField('revoked') })

export const UserParams = z.object({ user: TextId })
const USER_ACTS = ['disable', 'enable', 'reset', 'make_admin', 'end_sessions', 'reset_second_factor'] as const
export const UserQuery = z.object({ done: doneField(...USER_ACTS) })
export const UserAct = z.object({ act: z.enum(USER_ACTS, messageKey('act')) })
export type UserAct = z.output<typeof UserAct>

const REPORT_ACTS = ['approve', 'close', 'delete', 'disable'] as const
export const ReportsQuery = z.object({ after: After, done: doneField(...REPORT_ACTS) })
/**
 * `question`: the number of the poll, also of one that is not listed. `newest`: the last report
 * that the sender has seen.
 */
const reportAct = (id: z.ZodType<number>) =>
  z.object({ question: id, act: z.enum(REPORT_ACTS, messageKey('act')), newest: id.optional() })
export const ReportBody = reportAct(jsonId(messageKey('wholeNumber')))
export const ReportForm = reportAct(formId(messageKey('wholeNumber')))
export type ReportAct = z.output<typeof ReportBody>
