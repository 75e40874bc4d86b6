/** The routes that exist only where mail is configured. */
import type { FastifyInstance } from 'fastify'
import { registerView } from '../view.ts'
import { Confirm } from './accounts/confirm.ts'
import { Digest, Unsubscribe } from './accounts/digest.ts'
import { Forgot } from './accounts/forgot.ts'
import { requirePasswords } from './guards.ts'

/** Registers the views of mails that are asked for or ended. They begin no session. */
export async function mailRoutes(app: FastifyInstance) {
  if (app.hasPasswords) registerView(app, '/forgot', Forgot)
  registerView(app, '/account/digest', Digest, { onWrite: [app.requireUser] })
  registerView(app, '/unsubscribe/:token', Unsubscribe)
}

/** Registers the link that confirms a registration. It begins a session. */
export function confirmationRoute(app: FastifyInstance) {
  registerView(app, '/confirm/:token', Confirm, { preHandler: requirePasswords })
}
