/** Secrets of links and tokens. Only a hash is stored, so that a leaked table gives no access. */
import { createHmac, hash } from 'node:crypto'

/** 128 bits as hexadecimal digits: chats drop other characters at the end of a link. */
const TOKEN_LENGTH = 32

/** Hashes a secret. Random bits need neither salt nor a slow hash. */
export const hashOfSecret = (secret: string) => hash('sha256', secret, 'base64url')

/**
 * Makes the token of a link from what it is for: the same `purpose` gives the same token, so that a
 * repeat gives the same link.
 */
export const linkToken = (secret: string, purpose: string) =>
  createHmac('sha256', secret).update(purpose).digest('hex').slice(0, TOKEN_LENGTH)
