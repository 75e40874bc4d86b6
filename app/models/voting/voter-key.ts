/** The keys of voters in the table `vote`: the only file that knows their prefixes. */
import { createHmac, randomBytes } from 'node:crypto'
import type { Privacy } from '../../values/privacy.ts'
import { randomText } from '../../values/random-text.ts'

/** Returns the key of an account. */
export const accountVoterKey = (userId: number) => `u:${userId}`

/**
 * Returns the key of a browser in one poll. Keys of different polls cannot be linked without the
 * secret.
 */
export const browserVoterKey = (secret: string, browserId: string, question: number) =>
  `b:${createHmac('sha256', secret).update(`${question}|${browserId}`).digest('base64url')}`

/**
 * Returns the key of an invitation. It depends on no secret of the process: a new secret must not
 * give a second vote. `tokenHash`: as stored.
 */
export const invitationVoterKey = (tokenHash: string, question: number) =>
  `t:${createHmac('sha256', tokenHash).update(String(question)).digest('base64url')}`

/**
 * Returns the key of a voter in an anonymous poll. `voter`: the key that other polls count by;
 * `pollKey`: of this poll. When that is erased, the two cannot be linked any more.
 */
export const anonymousVoterKey = (pollKey: string, voter: string) =>
  `a:${createHmac('sha256', pollKey).update(voter).digest('base64url')}`

/** Draws the key of an anonymous poll. */
export const newPollKey = () => randomBytes(32).toString('base64url')

/**
 * Returns a random key that names no voter, for a ballot that outlives its account. In an anonymous
 * poll it looks like the others: after the key of the poll is erased, nothing tells whose accounts
 * are deleted.
 */
export const departedVoterKey = (privacy: Privacy) =>
  privacy === 'anonymous' ? anonymousVoterKey(newPollKey(), randomText()) : `x:${randomText()}`

/** Tells whether the key is a browser's. */
export const isBrowserVoterKey = (voter: string) => voter.startsWith('b:')

/** SQL: the id of the account that a key names; null if it names none. */
export const accountIdOf = (column: string) =>
  `CASE WHEN ${column} LIKE 'u:%' THEN CAST(SUBSTR(${column}, 3) AS SIGNED) END`

/** SQL: a voter of an anonymous poll, or one that no key leads to. */
export const isUnnamedVoter = (column: string) => `(${column} LIKE 'a:%' OR ${column} LIKE 'x:%')`
