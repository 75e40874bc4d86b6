/**
 * The acts of administrators in the log of the process. The models add the lines that
 * administrators read.
 */
import type { FastifyRequest } from 'fastify'

/** What was done, and to which account or poll. */
interface Act {
  act: string
  user?: number
  question?: number
}

/** Logs what the administrator of this request has done. */
export const logAct = ({ log, member }: FastifyRequest, act: Act) =>
  log.warn({ admin: member.id, ...act }, 'an administrator acted')
