/** What a page calls the options of a poll. */
import type { Question } from '../../models/polls/question-row.ts'

/** Returns the choices that a vote can be for. A retired choice is not among them: it only keeps its votes. */
export const optionsOf = ({ choices }: Pick<Question, 'choices'>) => choices.filter(choice => !choice.retired)
