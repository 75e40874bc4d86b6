/** Where a voter returns to after a form. */
import type { FastifyRequest } from 'fastify'
import { addressOf } from '../../view.ts'
import { roomOf } from '../rooms/enter.ts'

/**
 * Returns the address of the room in which the form was, else of the poll. `code`: what the form
 * says of the room.
 */
export async function returnAddress(request: FastifyRequest, slug: string, code: unknown): Promise<string> {
  const room = await roomOf(request, code)
  return room
    ? addressOf(request.server, 'Joined', { code: room.code })
    : addressOf(request.server, 'Question', { question: slug })
}

/**
 * Returns the address that says that a vote was counted: of the poll, or of the room, which names
 * the poll where it shows another one by then.
 */
export async function countedAddress(request: FastifyRequest, slug: string, code: unknown): Promise<string> {
  const room = await roomOf(request, code)
  if (!room) return `${addressOf(request.server, 'Question', { question: slug })}#counted`
  const place = room.active?.slug === slug ? 'counted' : 'done'
  return `${addressOf(request.server, 'Joined', { code: room.code })}?of=${slug}#${place}`
}
