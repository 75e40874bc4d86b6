/** The slug of a new poll, and the hash of the request that it is made by. */
import { createHmac } from 'node:crypto'

/**
 * Derives the slug from user and nonce, so that a repeat finds the same poll. It consists of
 * letters and digits, because chats drop other characters at the end of a link, and begins with a
 * letter.
 */
export const slugFor = (secret: string, owner: number, nonce: string) =>
  createHmac('sha256', secret)
    .update(`slug ${owner} ${nonce}`)
    .digest('base64url')
    .replaceAll(/[-_]/g, '')
    .slice(0, 22)
    .replace(/^[0-9]/, 'v')

/** Returns a hash of what a request asks for. It is keyed: the texts of a poll can be guessed. */
export const requestHash = (secret: string, request: string) =>
  createHmac('sha256', secret).update(`request ${request}`).digest('base64url')
