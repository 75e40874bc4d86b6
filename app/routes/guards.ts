/** Hooks and limits of single routes. */
import type { FastifyRequest } from 'fastify'
import { PayloadTooLarge } from '../errors.ts'

/** 50 options of 200 emoji and a description of 2000, each byte as %XX: 12 bytes a character. */
export const bodyLimit = 160 * 1024

/** 500 names of 40 emoji, each byte as %XX, with e-mail addresses. */
export const namesLimit = 384 * 1024

/** An imprint and a privacy text of 10,000 emoji each, each byte as %XX, and the other settings. */
export const settingsLimit = 272 * 1024

/**
 * The sign-in routes accept a larger body if it has a carried form. Otherwise the usual limit
 * applies.
 */
export const signInGuards = {
  bodyLimit: bodyLimit + 32 * 1024,
  async preHandler({ headers, sentForm, server }: FastifyRequest) {
    const isLarge = Number(headers['content-length']) > (server.initialConfig.bodyLimit ?? 0)
    if (isLarge && sentForm?.carried === undefined) throw new PayloadTooLarge()
  }
}
