/** Hooks and limits of single routes. */
import type { FastifyRequest } from 'fastify'
import { PasswordsOff, PayloadTooLarge } from '../errors.ts'

/** 50 options of 200 emoji and a description of 2000, each byte as %XX: 12 bytes a character. */
export const MAX_POLL_FORM_BYTES = 160 * 1024

/** The same for a correction: 50 options, and 50 that take their places. */
export const MAX_CORRECTION_FORM_BYTES = 288 * 1024

/** 500 names of 40 emoji, each byte as %XX, with e-mail addresses. */
export const MAX_NAMES_FORM_BYTES = 384 * 1024

/** An imprint and a privacy text of 10,000 emoji each, each byte as %XX, and the other settings. */
export const MAX_SETTINGS_FORM_BYTES = 272 * 1024

/**
 * A picture too large for a logo, so that its field names the limit. Below `client_max_body_size`
 * of nginx.conf.
 */
export const MAX_LOGO_FORM_BYTES = 400 * 1024

/** Refuses what makes or uses a password, where only the provider signs in. */
export async function requirePasswords({ server }: FastifyRequest) {
  if (!server.hasPasswords) throw new PasswordsOff()
}

/** The same for a sign-in. A form that is only shown again sends no password. */
async function requirePasswordsToSignIn(request: FastifyRequest) {
  if (request.method === 'POST' && !request.showsAgain) await requirePasswords(request)
}

/** Refuses a larger body than elsewhere if it has no carried form. */
async function limitWithoutCarried({ headers, sentForm, server }: FastifyRequest) {
  const isLarge = Number(headers['content-length']) > (server.initialConfig.bodyLimit ?? 0)
  if (isLarge && sentForm?.carried === undefined) throw new PayloadTooLarge()
}

/** The sign-in routes accept a larger body, with a carried form. */
export const signInGuards = { bodyLimit: MAX_POLL_FORM_BYTES + 32 * 1024, preHandler: limitWithoutCarried }

/** The same for the route that signs in with a password. */
export const loginGuards = { ...signInGuards, preHandler: [requirePasswordsToSignIn, limitWithoutCarried] }

/** The same for the routes that make accounts with a password. */
export const registrationGuards = { ...signInGuards, preHandler: [requirePasswords, limitWithoutCarried] }
