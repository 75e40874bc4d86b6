/**
 * Answers a form that requires a session with the sign-in page, which carries the form if it can.
 */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type AppError, unlessRefused } from '../../app-error.ts'
import { AccountVoted, SignInRequired } from '../../errors.ts'
import { QuestionRef } from '../../schemas/questions.ts'
import { Next } from '../../schemas/accounts.ts'
import { addressOf } from '../../view.ts'
import { GUEST } from '../polls/access.ts'
import { signInPage } from './login.ts'
import { previousPage } from './previous-page.ts'

const isUnsent = (error: unknown): error is AppError =>
  error instanceof SignInRequired || error instanceof AccountVoted

/** Tells whether the form is a vote that a guest may cast: a vote by link in an open poll. */
async function mayVoteAsGuest({ routeOptions, params, server }: FastifyRequest) {
  if (routeOptions.config.ballot !== 'cast') return false
  const { data: ref } = QuestionRef.safeParse((params as { question?: unknown }).question)
  const question = await unlessRefused(server.questions.get(ref ?? 0, GUEST), null)
  return question?.audience === 'link' && question.open
}

/**
 * The error handler of the routes. Answers a rejected form with the sign-in page, which sends it
 * after sign-in. A form with a file, or one that is too large, is lost: the page says so and leads
 * back to the form. Passes every other error to the application's error handler.
 */
export async function answerUnsentForm(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  if (
    !isUnsent(error) ||
    !request.wantsPage ||
    !(request.sentForm || request.routeOptions.config.takesMultipart)
  )
    throw error
  // For clients that do not render the page.
  reply.code(error.statusCode).header('location', addressOf(request.server, 'Login'))
  const form = request.carry()
  if (!form) return signInPage(request, reply, { typed: { next: previousPage(request) }, lost: 'sent' })
  request.log.info({ code: error.code, req: request }, 'a form waits for sign-in')
  // The address of a vote names its poll; that of another form may be another page, such as a list.
  const typed = { next: form.isVote ? Next.parse(request.url) : previousPage(request) }
  const carried = { ...form, mayBeGuests: await mayVoteAsGuest(request) }
  return signInPage(request, reply, { typed, carried, hasVoted: error instanceof AccountVoted })
}
