/** The page with the form of a poll. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Question } from '../../models/polls/question-row.ts'
import type { FormErrors } from '../../view.ts'
import type { Typed } from './poll-form.ts'

interface Form {
  typed: Typed
  /** The poll that is edited; missing: a new one. */
  question?: Question
  formErrors?: FormErrors | null
  /** The poll that the form has made before. */
  slug?: string | null
  /** What was just done with a template. */
  done?: string | undefined
}

/** Answers with the form of a poll. That of a new poll has the templates of the viewer. */
export async function showPollForm(
  { server, user }: FastifyRequest,
  reply: FastifyReply,
  { typed, question, formErrors = null, slug = null, done }: Form
) {
  const templates = user && !question ? await server.templates.list(user.id) : []
  const page = { question: question ?? null, typed, formErrors, slug, templates, done }
  return reply.page('polls/poll-form', page)
}
