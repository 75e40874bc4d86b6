/** `/questions/:question/events`: the result as it changes, as server-sent events. */
import { Results } from '../../schemas/result-answers.ts'
import { EventsQuery, QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { readPoll } from '../polls/access.ts'
import { EVENT_STREAM, pollView, streamFormat } from './watching.ts'

const schema = { params: QuestionParams, querystring: EventsQuery }

export class Events extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly hasPage = false
  static override readonly operations = {
    get: {
      summary: 'Follow the result as server-sent events',
      scope: 'read',
      guests: true,
      responses: { 200: Results },
      otherTypes: ['text/event-stream']
    }
  }

  /** Answers with the stream, or with the current result if the client prefers JSON or a page. */
  async get() {
    const { request, reply } = this
    const { question: ref } = request.params
    const wanted = streamFormat(request)
    if (wanted === 'json' || wanted === 'html' || request.method === 'HEAD') {
      const { question, canSeeResults } = await readPoll(request, ref)
      if (wanted === 'json') return this.app.results.snapshot(question, canSeeResults)
      if (wanted === 'html') return this.redirect(this.url('Results', { question: question.slug }))
      return reply.type(EVENT_STREAM).send()
    }
    // A read replica may be older than the state that this client has already seen.
    const question = await this.app.questions.getFresh(ref, request.viewer)
    const isOpenedByOwner = request.owns(question)
    const screen = request.query.screen === undefined ? null : { showsCount: null, isOpenedByOwner }
    const view = await pollView(request, question, screen)
    if (request.query.once) return reply.type(EVENT_STREAM).send(view.eventOf(question))
    this.app.live.stream(request, reply, question, view)
    return reply
  }
}
