/** The voter of a request: an account or, in a poll by link, a browser. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  AccountVoted,
  BrowserUnknown,
  InvitationRevoked,
  NotFound,
  OnlyInvited,
  QuestionClosed
} from '../../errors.ts'
import type { Facts } from '../../models/polls/facts.ts'
import type { Ballot } from '../../models/voting/ballot.ts'
import type { QuestionRef } from '../../schemas/questions.ts'
import { hiddenBallot } from '../../values/ballot.ts'
import { isRead } from '../../values/methods.ts'
import { showsOwnVote } from '../../values/privacy.ts'

/** What of a poll says by which key a client counts in it. */
export type Counted = Pick<Facts, 'id' | 'audience' | 'privacy'>
/** The same, with its address. */
export type Addressed = Counted & Pick<Facts, 'slug'>

/** Keys of a client; null: it has no such key. */
interface Keys {
  voter: string | null
  adopts: string | null
}

/** Returns the invitation that the client holds to vote in this poll; null if it holds none. */
export function invitationIn({ invitation }: FastifyRequest, { id, audience }: Counted) {
  return audience === 'list' && invitation?.question === id ? invitation : null
}

/**
 * Returns the keys by which polls that are not anonymous count. An invitation counts, with any
 * account or none.
 */
export function namedKeysIn(request: FastifyRequest, poll: Counted): Keys {
  const { id, audience } = poll
  if (audience === 'list') {
    const invitation = invitationIn(request, poll)
    return { voter: invitation && !invitation.revoked ? invitation.voter : null, adopts: null }
  }
  const { voter } = request.viewer
  const browser = audience === 'link' ? request.browserIn(id) : null
  return voter === null ? { voter: browser, adopts: null } : { voter, adopts: browser }
}

/** Returns the keys of a client in an anonymous poll; all null once it is closed. */
async function anonymousKeysIn(request: FastifyRequest, poll: Counted): Promise<Keys> {
  const { pollKeys } = request.server
  const { voter, adopts } = namedKeysIn(request, poll)
  return {
    voter: voter && (await pollKeys.voterIn(poll.id, voter)),
    adopts: adopts && (await pollKeys.voterIn(poll.id, adopts))
  }
}

/**
 * The key of the client's vote, and the key of the browser's ballot that it adopts. Only anonymous
 * polls are waited for.
 */
export const keysIn = (request: FastifyRequest, poll: Counted): Keys | Promise<Keys> =>
  poll.privacy === 'anonymous' ? anonymousKeysIn(request, poll) : namedKeysIn(request, poll)

/**
 * A ballot as its voter is told of it. `choice` is null where only that it counts is told; in an
 * anonymous poll it has no `revision`: what is stored is not the one that its voter saw.
 */
export type OwnBallot = Omit<Ballot, 'choice'> & { choice: number[] | null }

/** Returns a stored ballot as its voter is told of it. */
export function toOwnBallot(poll: Counted, ballot: Ballot): OwnBallot {
  if (poll.privacy !== 'anonymous') return ballot
  if (!showsOwnVote(poll) && ballot.choice.length > 0) return hiddenBallot(poll.id)
  const { revision: _revision, ...told } = ballot
  return told
}

/**
 * Returns a ballot that was just cast as its voter is told of it. Where votes are not shown,
 * without its time: the same vote cast again keeps that of the first.
 */
export const toCastBallot = (poll: Counted, ballot: Ballot): OwnBallot =>
  showsOwnVote(poll) ? ballot : { ...ballot, cast_time: null }

/**
 * Returns the counted ballot: the account's, else the browser's, also if it was cast before
 * sign-in.
 */
export async function ballotIn(request: FastifyRequest, poll: Counted): Promise<OwnBallot | null> {
  const { voter, adopts } = await keysIn(request, poll)
  if (voter === null && adopts === null) return null
  const find = (key: string | null) =>
    key === null ? null : request.server.ballots.of({ question: poll.id, voter: key })
  const [ownBallot, browserBallot] = await Promise.all([find(voter), find(adopts)])
  const ballot = ownBallot ?? browserBallot
  return ballot && toOwnBallot(poll, ballot)
}

/**
 * Returns the texts of the options that the client has suggested and the organiser has not read, as
 * far as votes are shown.
 */
export async function suggestedIn(request: FastifyRequest, poll: Counted): Promise<string[]> {
  if (!showsOwnVote(poll)) return []
  const keys = Object.values(await keysIn(request, poll)).filter(key => key !== null)
  return keys.length === 0 ? [] : request.server.suggestions.waitingOf(poll.id, keys)
}

/**
 * Tells whether an account that used this guest's browser has voted in the poll, and the browser
 * has not.
 */
export async function hasVotedSignedIn(request: FastifyRequest, poll: Counted) {
  const { knownVoters, viewer } = request
  if (knownVoters.length === 0 || viewer.userId !== null || poll.audience !== 'link') return false
  if (await ballotIn(request, poll)) return false
  const found = await Promise.all(knownVoters.map(voter => ballotBy(request, poll, voter)))
  return found.some(ballot => ballot !== null)
}

/** Returns the ballot of a voter whose key is known as other polls count by it. */
async function ballotBy({ server }: FastifyRequest, { id: question, privacy }: Counted, voter: string) {
  const key = privacy === 'anonymous' ? await server.pollKeys.voterIn(question, voter) : voter
  return key === null ? null : server.ballots.of({ question, voter: key })
}

/**
 * Returns the keys for a vote. Throws AccountVoted unless the guest has chosen to vote beside the
 * account. Throws BrowserUnknown and sets a cookie if there is none: otherwise two first requests
 * would count twice.
 */
export async function voterIn(
  request: FastifyRequest,
  reply: FastifyReply,
  poll: Addressed,
  asGuest: boolean
) {
  if (poll.audience === 'list') return invitedVoterIn(request, poll)
  const { voter, adopts } = await keysIn(request, poll)
  const mustChoose = !asGuest && (await hasVotedSignedIn(request, poll))
  if (voter !== null && !mustChoose)
    return { question: poll.id, voter, adopts, isGuest: request.viewer.voter === null }
  // The key of an anonymous poll is erased when it closes.
  if (voter === null && namedKeysIn(request, poll).voter !== null) throw new QuestionClosed()
  const { open } = await request.server.questions.get(poll.slug, request.viewer)
  if (!open) throw new QuestionClosed() // a cookie would not help
  reply.issueBrowserCookie()
  throw mustChoose ? new AccountVoted() : new BrowserUnknown()
}

/** Returns the invitation of a client. Throws OnlyInvited, InvitationRevoked. */
export function requireInvitation(request: FastifyRequest, poll: Counted) {
  const invitation = invitationIn(request, poll)
  if (!invitation) throw new OnlyInvited()
  if (invitation.revoked) throw new InvitationRevoked()
  return invitation
}

/**
 * Returns the key of the invitation for a vote. Throws OnlyInvited, InvitationRevoked,
 * QuestionClosed.
 */
async function invitedVoterIn(request: FastifyRequest, poll: Counted) {
  const invitation = requireInvitation(request, poll)
  const { voter } = await keysIn(request, poll)
  if (voter === null) throw new QuestionClosed() // anonymous: its key is erased
  return { question: poll.id, voter, adopts: null, isGuest: true, invitation: invitation.id }
}

/**
 * Tells whether a request writes as an account whose session has ended, by its cookie or its form,
 * and not as a guest.
 */
const writesAsAccount = ({ method, body, sessionEnded, sentForm }: FastifyRequest) =>
  !isRead(method) &&
  (sessionEnded || Boolean(sentForm?.owner)) &&
  !(body as { as_guest?: boolean } | undefined)?.as_guest

/**
 * A preHandler hook that runs before validation errors are answered. Throws SignInRequired in a
 * members' poll, and for a write of an account whose session has ended.
 */
export async function requireVoter(request: FastifyRequest) {
  if (request.validationError instanceof NotFound) return // no such address
  if (request.viewer.voter) return
  const isOfAccount = writesAsAccount(request)
  if (isOfAccount && !request.invitation) await request.server.requireUser(request)
  const { question } = request.params as { question: QuestionRef }
  const poll = await request.server.questions.getFacts(question, request.viewer)
  // An invitation remains where its poll is for all with the link by now.
  if (poll.audience === 'members' || (isOfAccount && !invitationIn(request, poll)))
    await request.server.requireUser(request)
}
