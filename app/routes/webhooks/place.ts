/** Where webhooks belong: an account or one of its polls, and the addresses of their pages. */
import type { FastifyRequest } from 'fastify'
import type { Subject } from '../../models/webhooks/webhooks.ts'
import type { QuestionRef } from '../../schemas/questions.ts'
import { addressOf } from '../../view.ts'
import { NotOwner } from '../../errors.ts'
import { findOwn } from '../polls/access.ts'

export interface Place {
  subject: Subject
  /** The poll's text; null for an account. */
  title: string | null
  /** The list of webhooks. */
  listUrl: string
  /** The address of one of them. */
  webhookUrl: (id: number) => string
  /** The page to return to. */
  backUrl: string
}

/** Returns the place of the webhooks of the signed-in account. */
export async function ofAccount({ server, member }: FastifyRequest): Promise<Place> {
  return {
    subject: { user: member.id, question: null },
    title: null,
    listUrl: addressOf(server, 'AccountWebhooks'),
    webhookUrl: id => addressOf(server, 'AccountWebhook', { id }),
    backUrl: addressOf(server, 'Account')
  }
}

/**
 * Webhooks are of accounts: the manage link of a guest's poll is no right to one. Throws as
 * `findOwn`.
 */
export async function ofPoll(request: FastifyRequest, ref: QuestionRef): Promise<Place> {
  const { id, slug, question_text, user_id } = await findOwn(request, ref)
  if (user_id !== request.member.id) throw new NotOwner()
  const params = { question: slug }
  return {
    subject: { user: request.member.id, question: id },
    title: question_text,
    listUrl: addressOf(request.server, 'PollWebhooks', params),
    webhookUrl: id => addressOf(request.server, 'PollWebhook', { ...params, id }),
    backUrl: addressOf(request.server, 'Manage', params)
  }
}
