/** What the event stream of a poll sends to one viewer. */
import type { FastifyRequest } from 'fastify'
import { unlessRefused } from '../../app-error.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { ballotIn } from '../voting/voter.ts'

/** The client is a big screen: it gets no numbers while the organiser hides them there. */
interface Screen {
  /**
   * Whether a room's screen shows the number of votes of a hidden result to its organiser; null: as
   * the poll says.
   */
  showsCount: boolean | null
  /** The organiser opened it. Without their session, it is told so. */
  isOpenedByOwner: boolean
}

/** The media type of event streams. */
export const EVENT_STREAM = 'text/event-stream; charset=utf-8'

/**
 * Returns what the client of a stream prefers: the stream, its present state as JSON, or the page
 * that shows it.
 */
export const streamFormat = (request: FastifyRequest) =>
  request.accepts().type(['text/event-stream', 'json', 'html'])

/** Formats an event. JSON escapes line breaks, so that a text cannot begin another event. */
export const eventOf = (id: number | null, data: object) =>
  `${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`

async function mayOpen({ server, viewer }: FastifyRequest, slug: string) {
  return (await unlessRefused(server.questions.get(slug, viewer), null)) !== null
}

/** What a screen is told beside the result. */
function screenFields(request: FastifyRequest, question: Question, screen: Screen | null) {
  if (!screen) return {}
  const isOwner = request.owns(question)
  return {
    count: (screen.showsCount ?? question.screen_count) && isOwner ? question.voters : null,
    signed_out: screen.isOpenedByOwner && !isOwner
  }
}

/** Returns the event of a snapshot. Viewers with the same rights and language share one. */
function snapshotEvent(
  request: FastifyRequest,
  question: Question,
  hasVoted: boolean,
  screen: Screen | null
) {
  const { viewer, locale, server } = request
  const { results, live, responseMemo } = server
  const isHidden = screen !== null && !results.isOnScreen(question)
  const canSeeResults = !isHidden && results.canSeeResults(question, viewer, hasVoted)
  const { delayed } = live
  const fields = screenFields(request, question, screen)
  const key = `event ${canSeeResults} ${delayed} ${locale.tag} ${JSON.stringify(fields)}`
  return responseMemo.get(question, key, () => {
    const snapshot = results.snapshot(question, canSeeResults)
    const shown = canSeeResults ? results.liveView(question, locale) : { sentence: null }
    return eventOf(snapshot.tally_version, { ...snapshot, ...shown, delayed, ...fields })
  })
}

/** Returns a poll, which the viewer may open, as the stream of this request shows it. */
export async function pollView(request: FastifyRequest, poll: Question, screen: Screen | null) {
  let hasVoted = (await ballotIn(request, poll)) !== null
  return {
    eventOf: (question: Question) => snapshotEvent(request, question, hasVoted, screen),
    async recheck() {
      await request.server.refreshIdentity(request)
      if (!(await mayOpen(request, poll.slug))) return false
      hasVoted = (await ballotIn(request, poll)) !== null
      return true
    }
  }
}
