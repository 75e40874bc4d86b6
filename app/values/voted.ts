/** Whether a poll ever had a vote. */

/**
 * Tells whether a poll has a vote or had one. `voted` tells it of votes that were stored or
 * withdrawn since the column is there.
 */
export const hadVotes = ({ voted, voters }: Record<'voted' | 'voters', number>) => voted === 1 || voters > 0
