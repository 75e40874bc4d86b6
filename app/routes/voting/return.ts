/** Where a voter returns to after a form. */
import type { FastifyRequest } from 'fastify'
import { addressOf } from '../../view.ts'
import { roomOf } from '../rooms/enter.ts'

const addressIn = ({ server }: FastifyRequest, slug: string, room: { code: string } | null) =>
  room ? addressOf(server, 'Joined', { code: room.code }) : addressOf(server, 'Question', { question: slug })

/**
 * Returns the address of the room in which the form was, else of the poll. `code`: what the form
 * says of the room.
 */
export async function returnAddress(request: FastifyRequest, slug: string, code: unknown): Promise<string> {
  return addressIn(request, slug, await roomOf(request, code))
}

/**
 * Returns the address that says that a vote was counted: of the poll, or of the room, which names
 * the poll where it shows another one by then.
 */
export async function countedAddress(request: FastifyRequest, slug: string, code: unknown): Promise<string> {
  const room = await roomOf(request, code)
  const address = addressIn(request, slug, room)
  if (!room) return `${address}#counted`
  return `${address}?of=${slug}#${room.active?.slug === slug ? 'counted' : 'done'}`
}
