/** Who sees who voted what. */
import type { Audience } from './audience.ts'

/**
 * `public`: names beside answers. `hidden`: the database alone has the link. `anonymous`: it loses
 * the link when the poll closes.
 */
export const PRIVACIES = ['public', 'hidden', 'anonymous'] as const
export type Privacy = (typeof PRIVACIES)[number]

/** Characters of the name that a guest gives. */
export const MAX_VOTER_NAME = 40

/**
 * Tells whether a voter is shown the own vote. Not where an invitation votes anonymously: its link
 * is also in the hands of the organiser who made it.
 */
export const showsOwnVote = ({ audience, privacy }: { audience: Audience; privacy: Privacy }) =>
  audience !== 'list' || privacy !== 'anonymous'

/**
 * Returns the time that is stored of a cast, in the database's form: in an anonymous poll the day
 * alone.
 */
export const castTimeIn = (privacy: Privacy, now: string) =>
  privacy === 'anonymous' ? `${now.slice(0, 10)} 00:00:00` : now

/**
 * Returns the revision that a vote is stored with; in an anonymous poll it would tell votes before
 * an edit from later ones.
 */
export const revisionIn = (privacy: Privacy, revision: number) => (privacy === 'anonymous' ? 1 : revision)
