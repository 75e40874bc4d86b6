/**
 * What no mail may say: the names of voters and the answers of polls that the tests of this process
 * use.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { FastifyRequest } from 'fastify'
import { splitInvitee } from '../../app/values/invitee.ts'

/** Shorter texts are in mails by chance. */
const MIN_LENGTH = 3
/** Longer ones were refused: no option has more characters. */
const MAX_LENGTH = 200

const known = new Set<string>()

/** Collects names and answers. */
export function noteUnmailed(...texts: readonly unknown[]): void {
  for (const text of texts.flat())
    if (typeof text === 'string' && text.length >= MIN_LENGTH && text.length <= MAX_LENGTH) known.add(text)
}

function noteFields(body: unknown, isRegistration: boolean) {
  const { choice_text, names, name, voter_name } = (body ?? {}) as Record<string, unknown>
  noteUnmailed(choice_text, voter_name)
  noteUnmailed(
    [names].flat().map(line => (typeof line === 'string' ? (splitInvitee(line)?.name ?? line) : line))
  )
  if (isRegistration) noteUnmailed(name)
}

subscribe('tracing:fastify.request.handler:start', message => {
  const { request } = message as { request: FastifyRequest }
  noteFields(request.body, request.routeOptions.url?.endsWith('/register') === true)
})

/** Returns the names and answers that stand in a mail as words, outside of its addresses. */
export function unmailedIn(subject: string, text: string): string[] {
  const words = ` ${subject} \n${text.replaceAll(/https?:\S+/g, '')} `
  return [...known].filter(one =>
    new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(one)}(?![\\p{L}\\p{N}])`, 'u').test(words)
  )
}
