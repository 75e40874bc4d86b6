/** The open polls of the front door, the newest ones with the beginning of their results. */
import type { FastifyRequest } from 'fastify'
import { unlessRefused } from '../../app-error.ts'
import { listItem } from './poll-json.ts'

/** Polls that are shown, and how many options of each. */
const MAX_POLLS = 6
const MAX_ROWS = 3

/**
 * Returns the first rows of a poll's result, most votes first; null if the viewer may not see them.
 */
async function previewOf({ server, viewer, locale }: FastifyRequest, slug: string) {
  const question = await unlessRefused(server.questions.get(slug, viewer), null) // removed since it was listed
  if (!question || !server.results.canSeeResults(question, viewer, false)) return null
  const { rows, voters } = server.results.resultView(question, locale, true)
  return voters > 0 ? { rows: rows.slice(0, MAX_ROWS) } : null
}

/**
 * Lists the newest open polls, each with the first rows of its result, where the viewer may see it.
 */
export async function openPolls(request: FastifyRequest) {
  const { questions } = await request.server.questions.list({ open: true })
  return Promise.all(
    questions.slice(0, MAX_POLLS).map(async question => ({
      question: listItem(request, question),
      preview: await previewOf(request, question.slug)
    }))
  )
}
