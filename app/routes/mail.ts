/** The routes that exist only where mail is configured. */
import type { FastifyInstance } from 'fastify'
import { registerView } from '../view.ts'
import { Confirm } from './accounts/confirm.ts'
import { Forgot } from './accounts/forgot.ts'

export function mailRoutes(app: FastifyInstance) {
  if (app.hasPasswords) registerView(app, '/forgot', Forgot)
}

/** Begins a session. */
export function confirmationRoute(app: FastifyInstance) {
  registerView(app, '/confirm/:token', Confirm)
}
