/** The result of a poll in one sentence, and how it was counted in several. */
import type { Catalogue } from '../../i18n/locales/en.ts'
import type { RankedOutcome, ScoreOutcome } from './outcome.ts'
import type { Question } from '../polls/question-row.ts'
import { isolated } from '../../values/text.ts'
import { isUndecided, rulingSentence } from './ruling.ts'

type Names = (id: number) => string

const namesOf = ({ choices }: Question): Names => {
  const texts = new Map(choices.map(({ id, choice_text }) => [id, isolated(choice_text)]))
  return id => texts.get(id) ?? ''
}

/** Options that one sentence names. */
const MAX_NAMES = 4

/** Returns the names of the winners; of many the first three, and how many more there are. */
function namesIn(question: Question, winners: readonly number[], { result }: Catalogue): string[] {
  const names = winners.map(namesOf(question))
  if (names.length <= MAX_NAMES) return names
  const shown = names.slice(0, MAX_NAMES - 1)
  return [...shown, result.others(names.length - shown.length)]
}

/**
 * Returns what is said of a single best option: that it leads, was ahead in a closed poll that
 * decides nothing, or won.
 */
function sentenceOfBest<T>(
  question: Question,
  winners: readonly number[],
  sentences: Record<'leads' | 'led' | 'won', T>
) {
  if (question.open) return sentences.leads
  return isUndecided(question, winners) ? sentences.led : sentences.won
}

/** "Pizza leads with 11 of 24 votes." */
function chosen(question: Question, winners: readonly number[], t: Catalogue): string {
  const { kind, voters, choices } = question
  const { result } = t
  const names = namesIn(question, winners, t)
  const maxVotes = Math.max(0, ...choices.map(choice => choice.votes))
  const isOfVotes = kind === 'single'
  if (names.length > 1) return (isOfVotes ? result.tie : result.tieOfVoters)(names, maxVotes, voters)
  const sentences = isOfVotes
    ? { leads: result.leads, led: result.led, won: result.won }
    : { leads: result.leadsOfVoters, led: result.ledOfVoters, won: result.wonOfVoters }
  return sentenceOfBest(question, winners, sentences)(names[0]!, maxVotes, voters)
}

/** What the best options have: "5 yes and 2 if need be", "45 points". */
function worthOf({ outcome, voters }: Question, winner: number, t: Catalogue): string {
  const { kinds } = t
  switch (outcome?.kind) {
    case 'answers': {
      const best = outcome.options.find(({ id }) => id === winner)!
      return kinds.answered(best.yes, best.if_needed, voters)
    }
    case 'score':
    case 'dots':
      return kinds.pointsOf(outcome.options.find(({ id }) => id === winner)!.points, voters)
    case 'ranked': {
      const last = outcome.rounds.at(-1)
      if (!last)
        return outcome.winnerOfDuels === null ? kinds.byDuels : kinds.wonDuels(outcome.options.length - 1)
      const left = last.tally.reduce((sum, { votes }) => sum + votes, 0)
      return kinds.ofLastRound(last.tally.find(({ id }) => id === winner)!.votes, left)
    }
    default:
      return ''
  }
}

/**
 * Returns the result in words, with what it decides. `winners`: the best options, none without a
 * vote.
 */
export function resultSentence(question: Question, winners: readonly number[], t: Catalogue): string {
  const ruling = rulingSentence(question, winners, t)
  const sentence = countSentence(question, winners, t)
  return ruling === null ? sentence : `${sentence} ${ruling}`
}

function countSentence(question: Question, winners: readonly number[], t: Catalogue): string {
  const { kinds } = t
  if (winners.length === 0) return withoutWinner(question, t)
  if (!question.outcome) return chosen(question, winners, t)
  const names = namesIn(question, winners, t)
  const worth = worthOf(question, winners[0]!, t)
  if (names.length > 1)
    return question.count_method === 'pairs' ? kinds.tieOf(names) : kinds.tie(names, worth)
  const sentences = { leads: kinds.leads, led: kinds.led, won: kinds.won }
  return sentenceOfBest(question, winners, sentences)(names[0]!, worth)
}

/** There is no ballot, or every ballot is against all options. */
function withoutWinner({ open, voters, outcome }: Question, { kinds, result }: Catalogue): string {
  if (voters > 0 && outcome?.kind === 'answers') return kinds.noYes(voters)
  if (voters > 0 && outcome?.kind === 'score') return kinds.noPoints(voters)
  return open ? result.empty : result.closedWithout
}

/** A round of a ranked poll as the page tells it. */
interface RoundView {
  rows: Array<{ choice_text: string; votes: number }>
  sentences: string[]
}

function roundViews({ rounds }: RankedOutcome, question: Question, { kinds }: Catalogue): RoundView[] {
  const name = namesOf(question)
  const texts = new Map(question.choices.map(({ id, choice_text }) => [id, choice_text]))
  return rounds.map(({ tally, eliminated: [out], exhausted, tie }) => {
    const votesOf = (wanted: number) => tally.find(({ id }) => id === wanted)!.votes
    const left = tally.reduce((sum, { votes }) => sum + votes, 0)
    const best = tally.toSorted((a, b) => b.votes - a.votes)
    const decided = tie
      ? kinds.lastTie(tally.map(({ id }) => name(id)))
      : kinds.majority(name(best[0]!.id), best[0]!.votes, left)
    return {
      rows: tally.map(({ id, votes }) => ({ choice_text: texts.get(id) ?? '', votes })),
      sentences: [
        out === undefined ? decided : kinds.eliminated(name(out), votesOf(out), left),
        ...(out !== undefined && tie ? [kinds.tieForLast] : []),
        ...(exhausted > 0 ? [kinds.exhausted(exhausted)] : [])
      ]
    }
  })
}

/** Says who wins all duels, and whether the rounds have the same winner. */
function duelSentence({ winnerOfDuels, winners, rounds }: RankedOutcome, name: Names, { kinds }: Catalogue) {
  if (winnerOfDuels === null) return kinds.circle
  const [winner, ...others] = winners
  if (rounds.length > 0 && others.length === 0 && winner !== winnerOfDuels)
    return kinds.otherWinsDuels(name(winnerOfDuels), name(winner!))
  return kinds.winsDuels(name(winnerOfDuels))
}

function rankedDetails(outcome: RankedOutcome, question: Question, t: Catalogue) {
  if (outcome.order.length === 0) return null
  const { kinds } = t
  const name = namesOf(question)
  const order = outcome.order.map(ids => t.listOfText(ids.map(name)))
  return {
    rule: question.count_method === 'pairs' ? kinds.pairsRule : kinds.tieRule,
    rounds: roundViews(outcome, question, t),
    sentences: [
      duelSentence(outcome, name, t),
      ...outcome.steps.map(({ winner, loser, votes, against, holds }) =>
        (holds ? kinds.duelHolds : kinds.duelCloses)(name(winner), name(loser), votes, against)
      ),
      ...(question.count_method === 'pairs' ? [kinds.order(order)] : [])
    ],
    duels: outcome.duels.map(({ a, b, for_a, for_b }) => kinds.duel(name(a), name(b), for_a, for_b))
  }
}

function scoreDetails({ runoff, winners }: ScoreOutcome, question: Question, { kinds }: Catalogue) {
  if (!runoff) return null
  const { a, b, for_a, for_b } = runoff
  const name = namesOf(question)
  const [better, worse, most, fewest] = for_a >= for_b ? [a, b, for_a, for_b] : [b, a, for_b, for_a]
  const sentences = [kinds.runoff(name(better), name(worse), most, fewest)]
  if (for_a !== for_b && !winners.includes(better)) sentences.push(kinds.runoffDiffers)
  return { rule: null, rounds: [], sentences, duels: [] }
}

/** Tells how the result was counted, where the table alone does not; null where it does. */
export function countDetails(question: Question, t: Catalogue) {
  const { outcome } = question
  if (outcome?.kind === 'ranked') return rankedDetails(outcome, question, t)
  return outcome?.kind === 'score' ? scoreDetails(outcome, question, t) : null
}
