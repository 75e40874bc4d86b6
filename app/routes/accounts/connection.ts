/**
 * `/account/provider`: connects the account to an identity at the OpenID provider, or disconnects
 * it.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Done } from '../../schemas/answers.ts'
import { ConnectionBody, ConnectionQuery, IdentityList } from '../../schemas/identity.ts'
import { type FormErrors, pathOf, View } from '../../view.ts'
import { ok } from '../responses.ts'

/**
 * Answers a form with a page that sends the browser on. A redirect would not do: the policy of the
 * site lets no form lead elsewhere.
 */
export function leaveFor(reply: FastifyReply, address: string) {
  return reply.header('refresh', `0; url=${address}`).page('accounts/to-provider', { address })
}

/** Answers with the page about the user's identities at the provider. */
export async function connectionPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { formErrors = null, done }: { formErrors?: FormErrors | null; done?: string | undefined }
) {
  const { accounts, identities } = request.server
  const { id } = request.member
  const page = {
    identities: await identities.list(id),
    asksPassword: await accounts.asksPassword(id),
    formErrors,
    done
  }
  return reply.page('accounts/connection', page)
}

const schema = { querystring: ConnectionQuery, body: ConnectionBody }

export class Connection extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'List the identities of the own account at OpenID providers',
      responses: { 200: IdentityList }
    },
    post: { summary: 'Disconnect the own account from the OpenID provider', responses: { 200: Done } }
  }

  async get() {
    const { member, query } = this.request
    if (!this.wantsPage) return { identities: await this.app.identities.list(member.id) }
    return connectionPage(this.request, this.reply, { done: query.done })
  }

  async post() {
    const { request, reply, app } = this
    const { id } = request.member
    const { act, current } = request.body
    await app.accounts.confirm(id, request.proof(current))
    if (act === 'connect') {
      const flow = { next: pathOf(app, 'Account'), connect: id, form: null }
      return leaveFor(reply, await reply.beginProviderFlow(flow))
    }
    await app.identities.disconnect(id)
    request.log.info({ user: id }, 'an account was disconnected from the provider')
    return this.wantsPage ? this.redirectDone(this.url('Connection'), 'disconnected') : ok()
  }

  invalid(formErrors: FormErrors | null) {
    return connectionPage(this.request, this.reply, { formErrors })
  }
}
