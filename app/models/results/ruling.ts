/**
 * Whether a result decides the question: enough ballots, and enough of them for one option. Pure.
 */
import type { Catalogue } from '../../i18n/locales/en.ts'
import type { Ruling } from '../../values/results.ts'
import { isolated } from '../../values/text.ts'
import type { Question } from '../polls/question-row.ts'

type Ruled = Pick<Question, 'quorum' | 'quorum_percent' | 'invited' | 'threshold' | 'voters'>

/** Tells whether so many of all ballots are enough. On whole numbers: a share would be rounded. */
const isEnough = (threshold: Ruled['threshold'], votes: number, voters: number) =>
  threshold === 'half' ? votes * 2 > voters : votes * 3 >= voters * 2

/** Returns how many ballots speak for an option. */
function votesFor({ choices, outcome }: Question, id: number): number {
  if (outcome?.kind === 'answers') return outcome.options.find(option => option.id === id)!.yes
  return choices.find(choice => choice.id === id)!.votes
}

/**
 * Returns how many votes the result needs to decide; null: any number. Of a list without
 * invitations, one.
 */
function quorumOf({ quorum, quorum_percent, invited }: Ruled): number | null {
  if (quorum_percent === null) return quorum
  return Math.max(1, Math.ceil((invited * quorum_percent) / 100))
}

/**
 * Rules on counts. `winners`: how many options have the most votes. Null: the poll needs neither a
 * quorum nor a majority.
 */
export function rule(ruled: Ruled, winners: number, votes: number): Ruling | null {
  const { threshold, voters } = ruled
  const quorum = quorumOf(ruled)
  if (quorum === null && threshold === null) return null
  if (quorum !== null && voters < quorum) return 'no_quorum'
  if (winners > 1) return 'tie'
  if (winners === 0) return 'no_majority'
  return threshold === null || isEnough(threshold, votes, voters) ? 'decided' : 'no_majority'
}

/** Rules on the result of a question. `winners`: its best options. */
export function rulingOf(question: Question, winners: readonly number[]): Ruling | null {
  const [first] = winners
  return rule(question, winners.length, first === undefined ? 0 : votesFor(question, first))
}

/** Tells whether the result decides nothing, in a poll that needs a quorum or a majority. */
export function isUndecided(question: Question, winners: readonly number[]): boolean {
  const ruling = rulingOf(question, winners)
  return ruling !== null && ruling !== 'decided'
}

/**
 * Says what a result decides, while the poll is open what it would; null where there is nothing to
 * say.
 */
export function rulingSentence(question: Question, winners: readonly number[], t: Catalogue): string | null {
  const ruling = rulingOf(question, winners)
  if (ruling === null || (question.open && question.voters === 0)) return null
  const { open, voters, threshold, choices } = question
  const name = choices.find(({ id }) => id === winners[0])?.choice_text ?? ''
  const words = {
    decided: () => t.ruling.decided(isolated(name)),
    no_quorum: () => t.ruling.noQuorum(voters, quorumOf(question)!),
    tie: () => t.ruling.tie,
    no_majority: () => (threshold === null ? t.ruling.noWinner : t.ruling.noMajority[threshold])
  }[ruling]()
  return open ? t.ruling.now(words) : t.ruling.final(words)
}
