/** Options that are dates, in the words of a language. */
import type { Catalogue } from '../../i18n/locales/en.ts'
import { isDay } from '../../values/dates.ts'
import type { Question } from './question-row.ts'

/** Returns the question with its dates in words; one whose options are texts as it is. */
export function inLanguage(question: Question, t: Pick<Catalogue, 'datesIn'>): Question {
  const { time_zone, choices } = question
  if (time_zone === null) return question
  const say = t.datesIn(time_zone)
  return {
    ...question,
    choices: choices.map(choice => {
      const { starts, ends } = choice
      return starts === null ? choice : { ...choice, choice_text: say({ starts, ends }) }
    })
  }
}

/** Returns the zone in which options are times; null where there are days or texts only. */
export const zoneOfTimes = ({ time_zone, choices }: Pick<Question, 'time_zone' | 'choices'>) =>
  choices.some(({ starts }) => starts !== null && !isDay(starts)) ? time_zone : null
