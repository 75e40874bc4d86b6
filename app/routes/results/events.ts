/** `/questions/:question/events`: the result as it changes, as server-sent events. */
import { isClientError } from '../../errors.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { EventsQuery, QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { readPoll } from '../polls/access.ts'
import { ballotIn } from '../voting/voter.ts'

const schema = { params: QuestionParams, querystring: EventsQuery }

/** JSON has no line breaks of its own, so none in a text begins another event. */
function write(id: number | null, data: object) {
  return `${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}

export class Events extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly json = true

  /** Answers with the stream; where the client prefers JSON or a page, with the result as it is. */
  async get() {
    const { request, reply } = this
    const { question: ref } = request.params
    const wanted = request.accepts().type(['text/event-stream', 'json', 'html'])
    if (wanted === 'json' || wanted === 'html' || request.method === 'HEAD') {
      const { question, canSeeResults } = await readPoll(request, ref)
      if (wanted === 'json') return this.app.results.snapshot(question, canSeeResults)
      if (wanted === 'html') return this.redirect(this.url('Results', { question: question.slug }))
      return reply.type('text/event-stream; charset=utf-8').send()
    }
    // What a replica of the database says may be older than what this client has seen already.
    const question = await this.app.questions.find(ref, request.viewer, { fresh: true })
    const { slug } = question
    let hasVoted = (await ballotIn(request, question)) !== null
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

  /** The event of a snapshot; viewers with the same right and language share one. */
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
      await this.app.questions.find(slug, this.request.viewer)
      return true
    } catch (error) {
      if (isClientError(error)) return false
      throw error
    }
  }
}
