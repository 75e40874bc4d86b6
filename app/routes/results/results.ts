/** `/questions/:question/results`: the result as a page, as JSON and as CSV. */
import { Results as ResultsSchema } from '../../schemas/result-answers.ts'
import { ResultsHidden } from '../../errors.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { Results as Model } from '../../models/results/results.ts'
import { QuestionParams, ResultsQuery } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { attach, byteOrderMark, csvLine, csvType } from './csv.ts'
import { formatOf } from './formats.ts'
import { namedCells, namedView } from './names.ts'
import { spokenFor } from '../voting/marks.ts'
import { readPoll, type Reading } from '../polls/access.ts'
import { nextJson } from '../paging.ts'
import { sendJson, sendWithEtag, tagged } from '../responses.ts'
import { roomOf } from '../rooms/enter.ts'

const columns = ['question_text', 'choice_text', 'votes', 'percent', 'voters']

/** Voters whose names fit into the cells of a CSV. Longer lists are read as JSON. */
const MAX_NAMES_IN_CELLS = 1_000

/** `names`: a further column, by option. */
function toCsv(
  { question_text }: Question,
  { choices, voters }: ReturnType<Model['snapshot']>,
  names: ReadonlyMap<number, string> | null = null
) {
  const lines = choices.map(({ id, choice_text, votes, percent, ...more }) => {
    const numbers = Object.values<string | number | number[] | null>(more).flat()
    const cells = [question_text, choice_text, votes, percent, voters, ...numbers]
    return csvLine([...cells.map(cell => cell ?? ''), ...(names ? [names.get(id) ?? ''] : [])])
  })
  const header = [...columns, ...moreColumns(choices[0]), ...(names ? ['names'] : [])]
  return byteOrderMark + csvLine(header) + lines.join('')
}

/** Names the columns of what a kind adds to an option; one for each number of a list. */
function moreColumns(choice: object | undefined) {
  const known = new Set(['id', ...columns])
  return Object.entries(choice ?? {})
    .filter(([name]) => !known.has(name))
    .flatMap(([name, value]) => (Array.isArray(value) ? value.map((_, n) => `${name}_${n}`) : [name]))
}

const schema = { params: QuestionParams, querystring: ResultsQuery }

export class Results extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'Read the result',
      scope: 'read',
      guests: true,
      responses: { 200: ResultsSchema },
      otherTypes: ['text/csv']
    }
  }

  async get() {
    const { request } = this
    const reading = await readPoll(request, request.params.question)
    if (reading.question.listed) this.reply.allowIndexing()
    const wanted = formatOf(request, request.query.format)
    if (wanted === 'csv') return this.csv(reading)
    return wanted === 'json' ? this.json(reading) : this.page(reading)
  }

  private async page(reading: Reading) {
    const { request } = this
    const { results, timelines } = this.app
    const { question, ballot, canSeeResults } = reading
    const { sort } = request.query
    const byVotes = sort === undefined ? undefined : sort === 'votes'
    const named = await this.named(reading)
    // A plot of fewer than three points is omitted.
    const timeline = canSeeResults ? await timelines.get(question) : null
    const shown = results.inLanguage(question, request.locale)
    return this.render('results/results', {
      sort,
      named: named && namedView(shown, named, request.locale),
      timeline: timeline && timeline.points.length > 2 ? timeline : null,
      question: shown,
      isOwner: request.owns(question),
      correct: results.correctOf(question, canSeeResults),
      room: await roomOf(request, request.query.room),
      seats: null,
      ownChoices: ballot ? spokenFor(question, ballot) : [],
      result: canSeeResults ? results.resultView(question, request.locale, byVotes) : null,
      isFramed: false
    })
  }

  private async json(reading: Reading) {
    const { request, reply } = this
    const { results } = this.app
    const { question, canSeeResults } = reading
    const named = await this.named(reading)
    if (named) {
      const { people, next } = named
      reply.header('cache-control', 'no-store')
      return { ...results.snapshot(question, true), people, next: nextJson(next) }
    }
    return sendJson(request, reply, reading, `results ${canSeeResults}`, () =>
      results.snapshot(question, canSeeResults)
    )
  }

  private async csv({ question, canSeeResults, isCurrent }: Reading) {
    const { request, reply } = this
    if (!canSeeResults) throw new ResultsHidden()
    attach(reply, 'results', question.question_text, 'csv')
    if (question.privacy === 'public') return reply.type(csvType).send(await this.namedCsv(question))
    const made = this.app.responseMemo.get(question, 'results csv', () =>
      tagged(toCsv(question, this.app.results.snapshot(question, true)))
    )
    return sendWithEtag(request, reply, made, csvType, { isCurrent })
  }

  /** Reads the names of a page; null where the poll shows none. */
  private async named({ question, canSeeResults }: Reading) {
    if (question.privacy !== 'public' || !canSeeResults) return null
    return this.app.namedBallots.page(question, this.request.query.after ?? 0)
  }

  /**
   * The CSV with a column of the names behind each option, where they are few enough for a cell.
   */
  private async namedCsv(question: Question) {
    const snapshot = this.app.results.snapshot(question, true)
    if (question.voters > MAX_NAMES_IN_CELLS) return toCsv(question, snapshot)
    const { people } = await this.app.namedBallots.page(question, 0, MAX_NAMES_IN_CELLS)
    return toCsv(question, snapshot, namedCells(question, people, this.request.locale))
  }
}
