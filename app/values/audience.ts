/** Who may vote, and the list of those who may. */

/** `link`: any browser. `members`: accounts. `list`: who holds an invitation of the poll. */
export const AUDIENCES = ['link', 'members', 'list'] as const
export type Audience = (typeof AUDIENCES)[number]

/**
 * `hidden`: the poll is anonymous and open, and so it is not told whether the invitation was used.
 */
export const INVITATION_STATES = ['unused', 'voted', 'revoked', 'hidden'] as const
export type InvitationState = (typeof INVITATION_STATES)[number]

/**
 * Invitations of one request: the page with so many QR codes has 3 MB and takes 0.2 s of a process.
 */
export const MAX_NEW_INVITATIONS = 500
/**
 * Invitations of a poll. When an anonymous poll closes, the key of each is made: 50 ms for so many.
 */
export const MAX_INVITATIONS = 5_000

/** What becomes of the vote of an invitation that is revoked. */
export const REVOKED_VOTES = ['keep', 'remove'] as const
export type RevokedVote = (typeof REVOKED_VOTES)[number]

/**
 * Whether the address of a poll opens it only with an invitation, so that the address alone is not
 * worth sharing.
 */
export const isOnlyForInvited = ({ audience, listed }: { audience: Audience; listed: boolean }) =>
  audience === 'list' && !listed
