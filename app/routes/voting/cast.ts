/** Casts the ballot of a request, for the resource of a vote and for a frame. */
import type { FastifyRequest } from 'fastify'
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import type { Facts } from '../../models/polls/facts.ts'
import type { QuestionRef } from '../../schemas/questions.ts'
import { VoterName } from '../../schemas/vote.ts'
import type { Kind } from '../../values/kinds.ts'
import { optionsOf } from '../../values/choices.ts'
import { completesMistakes } from '../refused-body.ts'
import { adoptSuggestions } from './adoption.ts'
import {
  type Counted,
  invitationIn,
  type OwnBallot,
  toCastBallot,
  toOwnBallot,
  type voterIn
} from './voter.ts'

/** What a client sends for a ballot. */
interface Sent {
  choice: number[]
  value?: number[] | undefined
  revision?: number | undefined
  name?: unknown
  /** An option that the voter suggests. */
  choice_text?: string | undefined
}

/** Reads the poll that the request names. */
const pollOf = ({ params, server, viewer }: FastifyRequest) =>
  server.questions.get((params as { question: QuestionRef }).question, viewer)

/**
 * Returns the name that a guest has to give in a poll with names. Throws InvalidInput, also with
 * what is wrong with the options. A suggestion decides which these are, and is read later.
 */
async function guestName(request: FastifyRequest, sent: Sent): Promise<string> {
  const { data, error } = VoterName.safeParse(sent.name)
  if (data !== undefined) return data
  const poll = await pollOf(request)
  const rules = { ...poll, choices: new Set(optionsOf(poll).map(({ id }) => id)) }
  const marks = { choices: sent.choice, values: sent.value }
  const choice = sent.choice_text === undefined ? request.server.ballots.faultOf(marks, rules) : undefined
  throw new InvalidInput({ ...(choice !== undefined && { choice }), name: error.issues[0]!.message })
}

/**
 * What a ballot lacks that names no option, by the kind of its poll; of other kinds the schema says
 * it.
 */
const EMPTY: Partial<Record<Kind, string>> = {
  answers: messageKey('answerAll'),
  score: messageKey('scoreAtLeast'),
  dots: messageKey('pointsAtLeast'),
  ranked: messageKey('rankAtLeast')
}

/**
 * Returns the mistake of a name that a guest has to give and has not; none where no name is asked
 * for.
 */
function nameMistake(request: FastifyRequest, poll: Counted): { name?: string } {
  const isGuest = poll.audience === 'list' || request.viewer.voter === null
  if (poll.privacy !== 'public' || !isGuest || invitationIn(request, poll)?.name) return {}
  const { error } = VoterName.safeParse((request.body as { name?: unknown } | null)?.name)
  return error ? { name: error.issues[0]!.message } : {}
}

/**
 * A preHandler hook: says what a refused vote lacks in this poll, and that a guest has given no
 * name.
 */
export const completeVoteMistakes = completesMistakes(async (request, known) => {
  const poll = await pollOf(request)
  const empty = known.choice === messageKey('choose') ? EMPTY[poll.kind] : undefined
  return { ...known, ...(empty && { choice: empty }), ...nameMistake(request, poll) }
})

/**
 * Counts the vote for the client's network and casts it. Throws as the ballot box does, and
 * InvalidInput for a missing name or a suggested option.
 */
export async function castBallot(
  request: FastifyRequest,
  poll: Counted & Pick<Facts, 'suggestions'>,
  voter: Awaited<ReturnType<typeof voterIn>>,
  sent: Sent
): Promise<OwnBallot> {
  const { server, ip, deferred } = request
  const { id, audience, privacy } = poll
  const { choice: choices, value: values, revision, choice_text: suggestion } = sent
  await server.limits.votes.add(id, ip)
  const cast = {
    ...voter,
    // An invitation counts without the account.
    deferred: audience === 'list' ? undefined : (deferred ?? undefined),
    choices,
    values,
    revision,
    privacy,
    ...(privacy === 'public' &&
      voter.isGuest && { name: invitationIn(request, poll)?.name ?? (await guestName(request, sent)) })
  }
  const { ballot, isCast } =
    suggestion === undefined
      ? { ballot: await server.ballots.cast(cast), isCast: true }
      : await server.suggestions.cast(cast, suggestion)
  await adoptSuggestions(request, poll, voter)
  return isCast ? toCastBallot(poll, ballot) : toOwnBallot(poll, ballot)
}
