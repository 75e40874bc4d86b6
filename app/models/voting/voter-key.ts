/** The keys of voters in the table `vote`: the only file that knows their prefixes. */
import { createHmac, randomBytes } from 'node:crypto'

/** Returns the key of an account. */
export const accountVoterKey = (userId: number) => `u:${userId}`

/** Returns the key of a browser in one poll. Keys of different polls cannot be linked without the secret. */
export const browserVoterKey = (secret: string, browserId: string, question: number) =>
  `b:${createHmac('sha256', secret).update(`${question}|${browserId}`).digest('base64url')}`

/** Returns a random key that names no voter, for a ballot that outlives its account. */
export const anonymousVoterKey = () => `x:${randomBytes(16).toString('base64url')}`

/** Tells whether the key is a browser's. */
export const isBrowserVoterKey = (voter: string) => voter.startsWith('b:')
