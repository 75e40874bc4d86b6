/** `/questions/:question/events`: the result as it changes, as server-sent events. */
import { isClientError } from '../../errors.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { EventsQuery, QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { lookAt } from '../polls/question.ts'
import { ballotIn } from '../voting/voter.ts'

const schema = { params: QuestionParams, querystring: EventsQuery }

/** Frames per snapshot: viewers with the same right and language share one. */
const frames = new WeakMap<Question, Map<string, string>>()

/** JSON has no line breaks of its own, so none in a text begins another event. */
function write(id: number | null, data: object) {
  return `${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}

export class Events extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly json = true

  /** The stream; for who prefers JSON or a page, the result as it is. */
  async get() {
    const { request, reply } = this
    const { question: ref } = request.params
    const wanted = request.accepts().type(['text/event-stream', 'json', 'html'])
    if (wanted === 'json' || wanted === 'html' || request.method === 'HEAD') {
      const { question, sees } = await lookAt(request, ref)
      if (wanted === 'json') return this.app.results.snapshot(question, sees)
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

  private frame(question: Question, hasVoted: boolean): string {
    const { results, live } = this.app
    const { viewer, query } = this.request
    const isHidden = query.screen !== undefined && !results.isOnScreen(question)
    const sees = !isHidden && results.seesResults(question, viewer, hasVoted)
    const known = frames.get(question) ?? new Map<string, string>()
    frames.set(question, known)
    const { locale } = this.request
    const key = `${sees} ${live.delayed} ${locale.tag}`
    let frame = known.get(key)
    if (frame === undefined) {
      const snapshot = results.snapshot(question, sees)
      const sentence = sees ? results.sentence(question, locale) : null
      frame = write(snapshot.tally_version, { ...snapshot, sentence, delayed: live.delayed })
      known.set(key, frame)
    }
    return frame
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
