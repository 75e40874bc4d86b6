/** The formats of a result and of an export. */
import type { FastifyRequest } from 'fastify'

/** What is offered, the preferred first where a client accepts anything. */
const TYPES = ['html', 'json', 'csv']
const TYPES_OF_PROGRAMS = ['json', 'csv', 'html']

/**
 * Returns the format that a client wants: the one that its address names, else one that it accepts;
 * a page by default.
 */
export function formatOf(
  request: FastifyRequest,
  asked: 'csv' | 'json' | undefined
): 'html' | 'json' | 'csv' {
  const accepted = asked ?? request.accepts().type(request.bearer === null ? TYPES : TYPES_OF_PROGRAMS)
  return accepted === 'json' || accepted === 'csv' ? accepted : 'html'
}
