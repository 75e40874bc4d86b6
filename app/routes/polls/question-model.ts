/** The model of the page of a question: what it depends on beside the snapshot of the question. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { EditLine } from '../../models/polls/history.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { Done } from '../../schemas/questions.ts'
import type { OwnBallot } from '../voting/voter.ts'
import { GUEST } from './access.ts'
import type { HeldInvitation } from './held-invitation.ts'
import type { Form, RoomOfPage } from './shown-form.ts'

export type PageViewer = FastifyRequest['pageViewer']

/**
 * All that the page depends on beside the snapshot of the question. The page is rendered from these
 * two alone, and the model as JSON is the key of the rendered page: viewers who differ in any field
 * get pages of their own.
 */
export interface Model {
  viewer: PageViewer
  /** The tag of a catalogue. */
  language: string
  canSeeResults: boolean
  isOwner: boolean
  /** The viewer's vote; null without one. */
  own: Pick<OwnBallot, 'choice' | 'value' | 'name'> | null
  /** When the viewer voted, where that is shown. */
  votedTime: string | null
  /** What was changed in the poll since the viewer's vote, or since the form that was refused. */
  changes: EditLine[]
  /** Options that the viewer has suggested and the organiser has not read. */
  suggested: string[]
  /** The account's vote has just replaced this browser's. */
  isMerged: boolean
  /** The viewer is a guest, and an account that was signed in in this browser has voted. */
  hasVotedSignedIn: boolean
  form: Form | null
  /** The invitation that the viewer votes with. */
  invitation: HeldInvitation | null
  /** The room that the page follows. */
  room: RoomOfPage | null
  /** What the viewer has just done. */
  done: Done | null
}

const guest: PageViewer = {
  isSignedIn: false,
  name: null,
  isAdmin: false,
  actsAsAdmin: false,
  theme: null,
  formOwner: '',
  isReadOnly: false
}

/** The model of every guest who comes for the first time. */
export const guestModel = ({ results }: FastifyInstance, question: Question, language: string): Model => ({
  viewer: guest,
  language,
  canSeeResults: results.canSeeResults(question, GUEST, false),
  isOwner: false,
  own: null,
  votedTime: null,
  changes: [],
  suggested: [],
  isMerged: false,
  hasVotedSignedIn: false,
  form: null,
  invitation: null,
  room: null,
  done: null
})

/** What the page depends on of a ballot. */
export const ownOf = (ballot: OwnBallot | null): Model['own'] =>
  ballot && { choice: ballot.choice, ...(ballot.value && { value: ballot.value }), name: ballot.name }

/**
 * Returns when the viewer voted, in the database's form, where the vote cannot be changed any more;
 * null elsewhere, and in an anonymous poll. In whole minutes, so that voters of the same minute
 * share a rendered page.
 */
export function votedTimeOf({ open, revote, privacy }: Question, ballot: OwnBallot | null): string | null {
  const isShown = !(open && revote) && privacy !== 'anonymous'
  return isShown && ballot?.cast_time ? `${ballot.cast_time.slice(0, 16)}:00` : null
}
