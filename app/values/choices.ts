/** Which options of a poll can be voted for, and which its result shows. */

interface Retirable {
  retired: boolean
}

interface Counted extends Retirable {
  votes: number
}

/**
 * Returns the options that a vote can be for. A retired one is not among them: it only keeps its
 * votes.
 */
export const optionsOf = <Choice extends Retirable>({ choices }: { choices: readonly Choice[] }): Choice[] =>
  choices.filter(choice => !choice.retired)

/**
 * Returns the options that a result shows: one that was retired without votes is as if it had not
 * been.
 */
export const countedOptionsOf = <Choice extends Counted>({
  choices
}: {
  choices: readonly Choice[]
}): Choice[] => choices.filter(({ retired, votes }) => !retired || votes > 0)
