/** Hooks of the routes that create and edit polls. */
import type { FastifyRequest } from 'fastify'

/**
 * Limits requests that send a poll: reading and showing its form costs more than other requests.
 */
export async function limitPollForms({ server, user }: FastifyRequest) {
  if (user) await server.limits.pollForm(user.id)
}

/**
 * Requires a user for an edit. A form that is only shown again is that of a vote, which anyone may
 * have.
 */
export async function requireUserToEdit(request: FastifyRequest) {
  if (request.method === 'POST' && !request.showsAgain) await request.server.requireUser(request)
}
