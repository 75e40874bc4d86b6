/** The page of a big screen: what it shows of a poll, and how large. */
import type { FastifyRequest } from 'fastify'
import type { Question } from '../../models/polls/question-row.ts'
import { optionsOf } from '../../values/choices.ts'

/** A closed poll with more options than this shows its best ones only. */
const MAX_ROWS = 20
const MAX_BEST_ROWS = 10

/** The most options of each size of text, in the order of static/css/present.css. */
const SIZES = [2, 3, 5, 8, 10, 16, 20, 26, 50]

const sizeOf = (rows: number) => `to-${SIZES.find(max => rows <= max) ?? SIZES.at(-1)!}`

/**
 * Returns what a screen shows of a poll. `shows`: its result too. `count`: the number of votes;
 * null: not shown.
 */
export function pictureOf(request: FastifyRequest, asked: Question, shows: boolean, count: number | null) {
  const { results } = request.server
  const question = results.inLanguage(asked, request.locale)
  const result = shows ? results.resultView(question, request.locale) : null
  const all = result ? result.rows : optionsOf(question)
  const isCut = result !== null && !question.open && all.length > MAX_ROWS
  const rows = isCut ? all.slice(0, MAX_BEST_ROWS) : all
  return {
    question,
    result,
    rows,
    /** Options that are left out. */
    more: all.length - rows.length,
    size: sizeOf(rows.length),
    correct: results.correctOf(question, shows),
    count
  }
}
