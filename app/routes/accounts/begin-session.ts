/**
 * The end of a sign-in or registration: begins the session, or asks for the code of the second
 * factor.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { User } from '../../models/accounts/user-row.ts'
import { Next } from '../../schemas/accounts.ts'
import type { CarriedForm } from '../../schemas/carried-form.ts'
import type { FormErrors } from '../../view.ts'
import { ok } from '../responses.ts'
import { adoptFrom } from '../voting/adoption.ts'

/** Returns the fields that were sent, with a valid path in `next`; the others as they are. */
export const signInFields = (typed: { next?: unknown }) => ({ ...typed, next: Next.parse(typed.next) })

interface Target {
  next: string
  carried?: CarriedForm | undefined
}

/**
 * Checks the code of the second factor. Throws SessionsDown before a recovery code is used up in
 * vain, and as `secondFactor.check`.
 */
export async function checkSecondStep(
  { server, ip }: FastifyRequest,
  { id }: Pick<User, 'id'>,
  code: string
) {
  await server.sessions.requireSpace()
  await server.secondFactor.check(id, code, ip)
}

/** Begins the session and answers: leads to `next`, or sends the carried form. */
export async function completeSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
  { next, carried }: Target
) {
  await request.signIn(user)
  await adoptFrom(request, reply, next)
  if (!request.wantsPage) return ok()
  return carried
    ? request.sendAsSignedIn(reply, carried)
    : reply.redirect(request.server.basePath + next, 303)
}

/** Asks for the code. */
export function codePage(
  reply: FastifyReply,
  { next, carried }: Target,
  formErrors: FormErrors | null = null
) {
  const page = {
    typed: { next },
    formErrors,
    carried
  }
  return reply.page('accounts/login-code', page)
}
