/** Entering a room by its join code. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { unlessRefused } from '../../app-error.ts'
import { WrongCode } from '../../errors.ts'
import type { RoomState } from '../../models/rooms/room-row.ts'
import { ReturnCode } from '../../schemas/questions.ts'
import { readPoll } from '../polls/access.ts'
import { questionJson } from '../polls/poll-json.ts'
import { giveBrowserCookie } from '../polls/question-page.ts'

/** A room that is open. */
export type OpenRoom = RoomState & { code: string }

/** Finds the open room of a code; wrong codes are counted. Throws WrongCode, TooManyRequests. */
export async function enterRoom({ server, ip }: FastifyRequest, code: string): Promise<OpenRoom> {
  const room = await server.limits.joinCode(ip, code, () => server.rooms.byCode(code))
  if (!room) throw new WrongCode('code')
  return { ...room, code }
}

/** Finds the room that a form on a poll's page names, and to which it returns; null without one. */
export async function roomOf(request: FastifyRequest, sent: unknown): Promise<OpenRoom | null> {
  const code = ReturnCode.parse(sent)
  return code === undefined ? null : unlessRefused(enterRoom(request, code), null)
}

/**
 * Makes the JSON of a room for a voter, who gets a cookie as with the page. Throws as
 * `questions.get`.
 */
export async function joinedJson(
  request: FastifyRequest,
  reply: FastifyReply,
  { title, code, active }: OpenRoom
) {
  if (!active) return { title, code, question: null }
  const { question, ballot, canSeeResults } = await readPoll(request, active.slug)
  giveBrowserCookie(request, reply, question)
  return { title, code, question: questionJson(question, ballot, canSeeResults) }
}
