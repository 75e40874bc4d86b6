/** Secrets of links and tokens. Only a hash is stored, so that a leaked table gives no access. */
import { createHash, randomBytes } from 'node:crypto'

/** Draws the secret of a link: 128 random bits. */
export const newLinkSecret = () => randomBytes(16).toString('base64url')

/** Hashes a secret. Random bits need neither salt nor a slow hash. */
export const hashOfSecret = (secret: string) => createHash('sha256').update(secret).digest('base64url')
