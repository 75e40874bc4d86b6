/**
 * `/questions/:question/ballots`: all ballots for the owner, as page, CSV or JSON without voter,
 * time or order.
 */
import { Ballots as BallotsSchema } from '../../schemas/history-answers.ts'
import { Readable } from 'node:stream'
import type { Answer } from '../../models/results/ballot-export.ts'
import type { EditLine } from '../../models/polls/history.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { PagedFormatQuery, QuestionParams } from '../../schemas/questions.ts'
import { ballotForm } from '../../values/kinds.ts'
import { View } from '../../view.ts'
import { attach, byteOrderMark, csvLine, csvType } from './csv.ts'
import { findOwnPoll } from '../polls/access.ts'
import { VOTERS_ON_PAGE } from '../../values/page-size.ts'
import { nextQuery } from '../paging.ts'
import { JSON_TYPE } from '../responses.ts'
import { worthOf } from '../voting/marks.ts'
import { formatOf } from './formats.ts'

/** Lines per chunk of the response. */
const LINES_PER_CHUNK = 1_000

/**
 * Yields `text` once per ballot, in chunks, so that a large export is never in memory as a whole.
 */
function* repeated(text: string, count: number) {
  for (let left = count; left > 0; left -= LINES_PER_CHUNK) yield text.repeat(Math.min(left, LINES_PER_CHUNK))
}

/**
 * Returns what a ballot gives each option: its value or rank, null without one; else 1 if the
 * ballot chose it, and 0.
 */
const cellsOf = ({ kind, choices }: Question, { choice, value }: Answer) =>
  choices.map(({ id }) => {
    const place = choice.indexOf(id)
    if (ballotForm(kind) === 'choose') return place < 0 ? 0 : 1
    if (place < 0) return null
    return value ? value[place]! : place + 1
  })

/** A CSV with a column for each option. */
function* toCsv(question: Question, answers: Answer[]) {
  yield byteOrderMark + csvLine(question.choices.map(choice => choice.choice_text))
  for (const answer of answers)
    yield* repeated(csvLine(cellsOf(question, answer).map(cell => cell ?? '')), answer.count)
}

/** Returns the ballots behind the first `skip`: those of a page, and one more if there are more. */
function linesBehind(answers: Answer[], skip: number): Answer[] {
  const lines: Answer[] = []
  let before = 0
  for (const answer of answers) {
    const left = answer.count - Math.max(0, skip - before)
    const count = Math.min(left, VOTERS_ON_PAGE + 1 - lines.length)
    for (let n = 0; n < count; n++) lines.push(answer)
    before += answer.count
  }
  return lines
}

/** Yields a JSON array with an item of each ballot. */
function* toList(answers: Answer[], itemOf: (answer: Answer) => unknown) {
  yield '['
  for (const [index, answer] of answers.entries()) {
    const text = JSON.stringify(itemOf(answer))
    yield index === 0 ? text : `,${text}`
    yield* repeated(`,${text}`, answer.count - 1)
  }
  yield ']'
}

/** Yields a JSON array of the history. */
async function* toEdits(parts: AsyncIterable<EditLine[]>) {
  let between = ''
  yield '['
  for await (const lines of parts) {
    if (lines.length === 0) continue
    yield between + JSON.stringify(lines).slice(1, -1)
    between = ','
  }
  yield ']'
}

async function* toJson(
  { id: question_id, kind, choices }: Question,
  answers: Answer[],
  edits: AsyncIterable<EditLine[]>
) {
  const head = JSON.stringify({
    question_id,
    choices: choices.map(({ id, choice_text, starts, ends }) => ({
      id,
      choice_text,
      ...(starts !== null && { starts, ends })
    }))
  })
  yield `${head.slice(0, -1)},"ballots":`
  yield* toList(answers, ({ choice }) => choice)
  if (ballotForm(kind) === 'values') {
    yield ',"values":'
    yield* toList(answers, ({ value }) => value)
  }
  yield ',"edits":'
  yield* toEdits(edits)
  yield '}'
}

const schema = { params: QuestionParams, querystring: PagedFormatQuery }

export class Ballots extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'Export all ballots',
      scope: 'manage',
      responses: { 200: BallotsSchema },
      otherTypes: ['text/csv']
    }
  }

  async get() {
    const { request } = this
    const question = await findOwnPoll(request)
    const answers = await this.app.ballotExport.answers(question)
    const wanted = formatOf(request, request.query.format)
    if (wanted === 'json') return this.json(question, answers)
    return wanted === 'csv' ? this.csv(question, answers) : this.page(question, answers)
  }

  private json(question: Question, answers: Answer[]) {
    const edits = this.app.history.parts(question.id)
    return this.reply.type(JSON_TYPE).send(Readable.from(toJson(question, answers, edits)))
  }

  private csv(question: Question, answers: Answer[]) {
    attach(this.reply, 'ballots', question.question_text, 'csv')
    return this.reply.type(csvType).send(Readable.from(toCsv(question, answers)))
  }

  /** A page of them, as the CSV has them, with answers in words. */
  private page(asked: Question, answers: Answer[]) {
    const { query, locale } = this.request
    const question = this.app.results.inLanguage(asked, locale)
    const skip = query.after ?? 0
    const lines = linesBehind(answers, skip)
    const wordOf = (cell: number | null) => {
      if (cell === null) return ''
      return question.kind === 'answers' ? worthOf('answers', String(cell), locale) : locale.number(cell)
    }
    return this.render('results/ballots', {
      question,
      rows: lines.slice(0, VOTERS_ON_PAGE).map((answer, n) => ({
        line: skip + n + 1,
        cells: cellsOf(question, answer).map(wordOf)
      })),
      more: nextQuery(lines.length > VOTERS_ON_PAGE ? skip + VOTERS_ON_PAGE : null)
    })
  }
}
