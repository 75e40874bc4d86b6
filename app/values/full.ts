/** Whether the seats of an option or of a poll are taken. The transaction of a vote decides; this is what pages say. */

import { optionsOf } from './choices.ts'

interface Option {
  id: number
  retired: boolean
  capacity: number | null
  votes: number
}

/** Tells whether an option takes no further voter. */
export const isFull = ({ capacity, votes }: Pick<Option, 'capacity' | 'votes'>) =>
  capacity !== null && votes >= capacity

/** Returns the ids of the options that take no further voter. */
export const fullOptionsOf = (question: { choices: readonly Option[] }) =>
  optionsOf(question)
    .filter(isFull)
    .map(({ id }) => id)

/** Tells whether a poll takes no further voter. */
export const isPollFull = ({ max_ballots, voters }: { max_ballots: number | null; voters: number }) =>
  max_ballots !== null && voters >= max_ballots

/** Tells whether an open poll takes no further voter: what its pages and its events say. */
export const isOpenPollFull = (question: Parameters<typeof isPollFull>[0] & { open: boolean }) =>
  question.open && isPollFull(question)
