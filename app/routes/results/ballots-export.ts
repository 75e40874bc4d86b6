/**
 * `/questions/:question/ballots`: all ballots for the owner, as CSV or JSON without voter, time or
 * order.
 */
import { Ballots as BallotsSchema } from '../../schemas/history-answers.ts'
import { Readable } from 'node:stream'
import type { Answer } from '../../models/results/ballot-export.ts'
import type { EditLine } from '../../models/polls/history.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { FormatQuery, QuestionParams } from '../../schemas/questions.ts'
import { ballotForm } from '../../values/kinds.ts'
import { View } from '../../view.ts'
import { attach, byteOrderMark, csvLine, csvType } from './csv.ts'
import { findOwnPoll } from '../polls/access.ts'

/** Lines per chunk of the response. */
const LINES_PER_CHUNK = 1_000

/**
 * Yields `text` once per ballot, in chunks, so that a large export is never in memory as a whole.
 */
function* repeated(text: string, count: number) {
  for (let left = count; left > 0; left -= LINES_PER_CHUNK) yield text.repeat(Math.min(left, LINES_PER_CHUNK))
}

/** A CSV with a column for each option: its value or rank, empty without one; else 1 if the ballot chose it, and 0. */
function* toCsv({ kind, choices }: Question, answers: Answer[]) {
  yield byteOrderMark + csvLine(choices.map(choice => choice.choice_text))
  for (const { choice, value, count } of answers) {
    const cellOf = (id: number) => {
      const place = choice.indexOf(id)
      if (ballotForm(kind) === 'choose') return place < 0 ? 0 : 1
      if (place < 0) return ''
      return value ? value[place]! : place + 1
    }
    yield* repeated(csvLine(choices.map(({ id }) => cellOf(id))), count)
  }
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

const schema = { params: QuestionParams, querystring: FormatQuery }

export class Ballots extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly hasPage = false
  static override readonly operations = {
    get: {
      summary: 'Export all ballots',
      scope: 'manage',
      responses: { 200: BallotsSchema },
      otherTypes: ['text/csv']
    }
  }

  async get() {
    const { request, reply } = this
    const question = await findOwnPoll(request)
    const wanted = request.query.format ?? request.accepts().type(['json', 'csv'])
    const answers = await this.app.ballotExport.answers(question)
    if (wanted !== 'csv') {
      const edits = this.app.history.parts(question.id)
      return reply
        .type('application/json; charset=utf-8')
        .send(Readable.from(toJson(question, answers, edits)))
    }
    attach(reply, 'ballots', question.question_text, 'csv')
    return reply.type(csvType).send(Readable.from(toCsv(question, answers)))
  }
}
