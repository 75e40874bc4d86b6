/** Hooks of the routes that create and edit polls. */
import type { FastifyRequest } from 'fastify'

/**
 * Limits requests that send a poll: reading and showing its form costs more than other requests.
 */
export async function limitPollForms({ server, user, manager, ip }: FastifyRequest) {
  if (user) await server.limits.pollForm(user.id)
  else if (manager) await server.limits.pollForm(ip)
}

/**
 * Limits requests that create a poll or show its form, also those of guests where they may create
 * polls.
 */
export async function limitNewPolls(request: FastifyRequest) {
  if (request.user || request.refusal) return limitPollForms(request)
  await request.server.limits.pollForm(request.ip)
}

/** Requires a user or a manage link, which an address may also bring: its view takes that one. */
export async function requireManagerOrLink(request: FastifyRequest) {
  const { t } = request.query as { t?: string }
  if (t === undefined) await request.server.requireManager(request)
}

/**
 * Requires an owner for an edit. A form that is only shown again is that of a vote, which anyone
 * may have.
 */
export async function requireManagerToEdit(request: FastifyRequest) {
  if (request.method === 'POST' && !request.showsAgain) await request.server.requireManager(request)
}
