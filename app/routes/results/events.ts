/** `/questions/:question/events`: the result as it changes, as server-sent events. */
import { Results } from '../../schemas/poll-answers.ts'
import { isClientError } from '../../errors.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { EventsQuery, QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { readPoll } from '../polls/access.ts'
import { ballotIn } from '../voting/voter.ts'

const EVENT_STREAM = 'text/event-stream; charset=utf-8'

const schema = { params: QuestionParams, querystring: EventsQuery }

/** Formats an event. JSON escapes line breaks, so that a text cannot begin another event. */
function write(id: number | null, data: object) {
  return `${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}

export class Events extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly json = true
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
    const wanted = request.accepts().type(['text/event-stream', 'json', 'html'])
    if (wanted === 'json' || wanted === 'html' || request.method === 'HEAD') {
      const { question, canSeeResults } = await readPoll(request, ref)
      if (wanted === 'json') return this.app.results.snapshot(question, canSeeResults)
      if (wanted === 'html') return this.redirect(this.url('Results', { question: question.slug }))
      return reply.type(EVENT_STREAM).send()
    }
    // A read replica may be older than the state that this client has already seen.
    const question = await this.app.questions.getFresh(ref, request.viewer)
    const { slug } = question
    let hasVoted = (await ballotIn(request, question)) !== null
    if (request.query.once) return reply.type(EVENT_STREAM).send(this.frame(question, hasVoted))
    this.app.live.stream(request, reply, question, {
      frame: question => this.frame(question, hasVoted),
      recheck: async () => {
        await this.app.refreshIdentity(request)
        if (!(await this.mayOpen(slug))) return false
        hasVoted = (await ballotIn(request, question)) !== null
        return true
      }
    })
    return reply
  }

  /** Returns the event of a snapshot. Viewers with the same rights and language share one. */
  private frame(question: Question, hasVoted: boolean): string {
    const { results, live, responseMemo } = this.app
    const { viewer, query, locale } = this.request
    const isHidden = query.screen !== undefined && !results.isOnScreen(question)
    const canSeeResults = !isHidden && results.canSeeResults(question, viewer, hasVoted)
    const { delayed } = live
    return responseMemo.get(question, `frame ${canSeeResults} ${delayed} ${locale.tag}`, () => {
      const snapshot = results.snapshot(question, canSeeResults)
      const sentence = canSeeResults ? results.sentence(question, locale) : null
      return write(snapshot.tally_version, { ...snapshot, sentence, delayed })
    })
  }

  private async mayOpen(slug: string) {
    try {
      await this.app.questions.get(slug, this.request.viewer)
      return true
    } catch (error) {
      if (isClientError(error)) return false
      throw error
    }
  }
}
