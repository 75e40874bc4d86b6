/** Names beside answers, as the page and the CSV of a result show them. */
import type { Catalogue } from '../../i18n/locales/en.ts'
import { bdi } from '../../i18n/markup.ts'
import type { NamedBallot } from '../../models/results/named-ballots.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { countedOptionsOf } from '../../values/choices.ts'
import { ballotForm } from '../../values/kinds.ts'
import { chosenOf, inWords, worthOf } from '../voting/marks.ts'

const nameOf = ({ name }: NamedBallot, { privacy }: Catalogue) => name ?? privacy.departed

/** What a ballot gives an option, in words; null: nothing. */
function cellOf(kind: Question['kind'], { choice, value }: NamedBallot, id: number, t: Catalogue) {
  const place = choice.indexOf(id)
  if (place < 0) return null
  if (ballotForm(kind) === 'ranking') return t.number(place + 1)
  if (!value) return ''
  return worthOf(kind, String(value[place]), t)
}

/** Returns what a ballot says as a list of options, each with what it gives the option. */
function answerOf(question: Question, { choice, value }: NamedBallot, t: Catalogue) {
  const chosen = chosenOf(question, { choice, ...(value && { value }) })
  return t.list(inWords(question, chosen, t).map(({ choice_text }) => bdi(choice_text)))
}

/**
 * Returns the names of a page: a grid of names and options where each option has an answer, else
 * each answer in words.
 */
export function namedView(
  question: Question,
  { people, next }: { people: NamedBallot[]; next: number | null },
  t: Catalogue
) {
  const options = countedOptionsOf(question)
  const isGrid = question.kind === 'answers'
  const rows = people.map(one => ({
    name: nameOf(one, t),
    guest: one.guest,
    cells: isGrid
      ? options.map(({ id }) => ({
          value: one.value?.[one.choice.indexOf(id)] ?? null,
          text: cellOf(question.kind, one, id, t) ?? ''
        }))
      : [],
    answer: isGrid ? null : answerOf(question, one, t)
  }))
  return { options: isGrid ? options : [], rows, next }
}

/**
 * Returns the names behind each option, by its id, with what they gave it where that is a number or
 * a word.
 */
export function namedCells(question: Question, people: readonly NamedBallot[], t: Catalogue) {
  const cells = new Map<number, string>()
  for (const { id } of question.choices) {
    const named = people.flatMap(one => {
      const cell = cellOf(question.kind, one, id, t)
      if (cell === null) return []
      return [cell === '' ? nameOf(one, t) : `${nameOf(one, t)} (${cell})`]
    })
    cells.set(id, named.join('; '))
  }
  return cells
}
