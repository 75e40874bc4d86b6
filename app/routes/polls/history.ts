/**
 * `/questions/:question/history`: what was changed in a poll after its first vote, for all who may
 * open it.
 */
import { Readable } from 'node:stream'
import type { EditLine } from '../../models/polls/history.ts'
import { History as HistorySchema } from '../../schemas/history-answers.ts'
import { HistoryQuery, QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { nextJson, nextQuery } from '../paging.ts'
import { attach, byteOrderMark, csvLine, csvType } from '../results/csv.ts'
import { formatOf } from '../results/formats.ts'
import { roomOf } from '../rooms/enter.ts'
import { withDates } from './changes.ts'

async function* toCsv(parts: AsyncIterable<EditLine[]>) {
  let head = byteOrderMark + csvLine(columns)
  for await (const lines of parts) {
    yield head + lines.map(line => csvLine(columns.map(column => line[column] ?? ''))).join('')
    head = ''
  }
}

const schema = { params: QuestionParams, querystring: HistoryQuery }
const columns = ['create_time', 'revision', 'act', 'choice_id', 'before', 'after'] as const

export class History extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'Read what was changed in a poll after its first vote',
      scope: 'read',
      guests: true,
      responses: { 200: HistorySchema },
      otherTypes: ['text/csv']
    }
  }

  async get() {
    const { params, query, viewer } = this.request
    const question = await this.app.questions.get(params.question, viewer)
    const wanted = formatOf(this.request, query.format)
    if (wanted === 'csv') {
      attach(this.reply, 'history', question.question_text, 'csv')
      return this.reply.type(csvType).send(Readable.from(toCsv(this.app.history.parts(question.id))))
    }
    const { items: edits, next } = await this.app.history.list(question.id, query.after)
    if (wanted === 'json') return { edits, next: nextJson(next) }
    const shown = this.app.results.inLanguage(question, this.request.locale)
    return this.render('polls/history', {
      question: shown,
      edits: withDates(edits, shown),
      more: nextQuery(next, { room: query.room }),
      room: await roomOf(this.request, query.room)
    })
  }
}
