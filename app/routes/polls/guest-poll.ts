/** The answer to the creation of a poll without an account: the only one that has the manage link. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GuestPoll } from '../../models/polls/guest-polls.ts'
import { addressOf, pageVary } from '../../view.ts'
import { findOwn } from './access.ts'
import { guestNonceOf } from './nonce.ts'
import { questionJson } from './poll-json.ts'

type Request = FastifyRequest & Parameters<typeof guestNonceOf>[0]

/** Creates a poll for a guest. Throws TooManyRequests, InvalidInput, NonceUsed. */
export async function makeForGuest(
  request: Request,
  reply: FastifyReply,
  create: (nonce: string) => Promise<GuestPoll>
) {
  const { server: app } = request
  const nonce = guestNonceOf(request)
  await app.limits.creation(request.ip)
  const { slug, token } = await create(nonce)
  request.manager = await app.guestPolls.find(token)
  const question = await findOwn(request, slug)
  const link = `${app.link(addressOf(app, 'Manage', { question: slug }))}?t=${token}`
  reply.code(201)
  if (request.wantsPage) {
    reply.keepManager(slug, token)
    return reply
      .header('vary', pageVary)
      .page('polls/manage-link', { question, link, remedy: app.linkRemedy() })
  }
  reply.header('location', addressOf(app, 'Question', { question: slug }))
  return { ...questionJson(question, null, true), manage_token: token, manage_link: link }
}
