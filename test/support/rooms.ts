/** Creates rooms as an organiser does. */
import type { FastifyInstance } from 'fastify'
import type { Visitor } from './app.ts'
import { ask } from './polls.ts'

type Organiser = Visitor & { id: number }

export interface RoomAnswer {
  id: number
  title: string
  code: string | null
  open: boolean
  link: string | null
  active: number | null
  show_count: boolean
  questions: Array<{ id: number; slug: string; question_text: string; open: boolean; voters: number }>
}

/** Sends JSON. */
export const sendJson = (who: Visitor, url: string, payload: unknown) =>
  who.send({
    method: 'POST',
    url,
    payload: JSON.stringify(payload),
    headers: { 'content-type': 'application/json', accept: 'application/json' }
  })

/** Creates a room with a poll for each of these texts, the first of which is shown. */
export async function roomOf(
  app: FastifyInstance,
  owner: Organiser,
  texts: readonly string[] = ['First?', 'Second?', 'Third?'],
  settings: Parameters<typeof ask>[1] = {}
) {
  const polls = []
  for (const question_text of texts)
    polls.push(await ask(app, { user_id: owner.id, listed: 0, question_text, ...settings }, ['Sea', 'Hills']))
  const questions = polls.map(({ id }) => id)
  const answer = await sendJson(owner, '/rooms', { title: 'Geography', questions })
  if (answer.statusCode !== 201) throw new Error(answer.body)
  const { id, code } = answer.json<{ id: number; code: string }>()
  return {
    id,
    code,
    polls,
    /** Shows this poll. */
    show: (question: number) => sendJson(owner, `/rooms/${id}/active`, { question })
  }
}
