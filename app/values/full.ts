/** Whether the seats of an option or of a poll are taken. The transaction of a vote decides; this is what pages say. */

/** Tells whether an option takes no further voter. */
export const isFull = ({ capacity, votes }: { capacity: number | null; votes: number }) =>
  capacity !== null && votes >= capacity

/** Tells whether a poll takes no further voter. */
export const isPollFull = ({ max_ballots, voters }: { max_ballots: number | null; voters: number }) =>
  max_ballots !== null && voters >= max_ballots
