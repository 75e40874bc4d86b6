/** The `<iframe>` that shows a poll in a page of another site. */
import type { FastifyInstance } from 'fastify'
import { escaped } from '../../i18n/markup.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { addressOf } from '../../view.ts'

const WIDTH = 600
/** Question, button and notes. */
const BASE_HEIGHT = 340
const OPTION_HEIGHT = 60
const MAX_HEIGHT = 900

interface Room {
  maxwidth?: number | undefined
  maxheight?: number | undefined
}

/**
 * Returns the element on one line, and its size in pixels, within the room that there is for it.
 */
export function frameElement(
  app: FastifyInstance,
  { slug, question_text, choices }: Question,
  { maxwidth = WIDTH, maxheight = MAX_HEIGHT }: Room = {}
) {
  const width = Math.min(WIDTH, maxwidth)
  const height = Math.min(BASE_HEIGHT + OPTION_HEIGHT * choices.length, MAX_HEIGHT, maxheight)
  const source = app.link(addressOf(app, 'Embed', { question: slug }))
  const size = `width="${width}" height="${height}"`
  const html = `<iframe src="${escaped(source)}" title="${escaped(question_text)}" ${size} loading="lazy"></iframe>`
  return { html, width, height }
}
