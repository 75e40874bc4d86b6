/**
 * Creates a poll and answers with it. That of a guest is the only answer that has the manage link.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { NonceUsed } from '../../errors.ts'
import type { GuestPoll } from '../../models/polls/guest-polls.ts'
import type { Done } from '../../schemas/questions.ts'
import { addressOf, doneAddress } from '../../view.ts'
import { findOwn } from './access.ts'
import { guestNonceOf, nonceOf } from './nonce.ts'
import { ownJson } from './poll-json.ts'

type Request = FastifyRequest & Parameters<typeof guestNonceOf>[0]

/** What creates a poll; `leadsTo`: the page to which its form leads with an account. */
interface Making {
  forGuest: (nonce: string) => Promise<GuestPoll>
  forUser: (user: number, nonce: string) => Promise<string>
  leadsTo: 'Manage' | 'Edit'
  /** What that page says of it. */
  done?: Done
}

/**
 * Creates a poll for the account or the guest, and answers with it. Throws TooManyRequests,
 * InvalidInput, and NonceUsed with the address of the poll that the nonce has made.
 */
export async function makePoll(
  request: Request,
  reply: FastifyReply,
  { forGuest, forUser, leadsTo, done }: Making
) {
  const { server: app, user } = request
  try {
    if (!user) return await makeForGuest(request, reply, forGuest)
    await app.limits.creation(user.id)
    const slug = await forUser(user.id, nonceOf(request))
    const address = addressOf(app, leadsTo, { question: slug })
    if (request.wantsPage) return reply.redirect(done ? doneAddress(address, done) : address, 303)
    reply.code(201).header('location', addressOf(app, 'Question', { question: slug }))
    return await ownJson(request, await findOwn(request, slug))
  } catch (error) {
    if (error instanceof NonceUsed)
      reply.header('location', addressOf(app, 'Manage', { question: error.slug }))
    throw error
  }
}

async function makeForGuest(request: Request, reply: FastifyReply, create: Making['forGuest']) {
  const { server: app } = request
  const nonce = guestNonceOf(request)
  await app.limits.creation(request.ip)
  const { slug, token } = await create(nonce)
  request.manager = (await app.guestPolls.find(token)) ?? null
  const question = await findOwn(request, slug)
  const link = `${app.link(addressOf(app, 'Manage', { question: slug }))}?t=${token}`
  reply.code(201)
  if (request.wantsPage) {
    reply.keepLinkToken('manage', slug, token)
    return reply.page('polls/manage-link', { question, link, remedy: app.linkRemedy() })
  }
  reply.header('location', addressOf(app, 'Question', { question: slug }))
  return { ...(await ownJson(request, question)), manage_token: token, manage_link: link }
}
