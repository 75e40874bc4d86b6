/** What a result says, and who may see it. */
import { percentages } from '../../values/shares.ts'
import type { Catalogue } from '../../i18n/locales/en.ts'
import type { Question, ListedQuestion } from './question-row.ts'
import type { Viewer } from './admission.ts'

export type Results = typeof results

/**
 * Whether a viewer may see any number of this poll, the number of voters included. The only place that decides it:
 * page, JSON, stream and export all ask here.
 */
function canSeeResults(question: ListedQuestion, viewer: Viewer, hasBallot: boolean): boolean {
  if (question.user_id === viewer.userId) return true
  switch (question.results) {
    case 'always':
      return true
    case 'after_vote':
      return hasBallot || !question.open
    case 'after_close':
      return !question.open
    case 'owner':
      return false
  }
}

/** Whether screens show the result to who may see it: as the organiser said last, or as any guest sees it. */
const isOnScreen = (question: ListedQuestion): boolean =>
  question.on_screen === null
    ? canSeeResults(question, { userId: null, voter: null }, false)
    : question.on_screen

/** U+2068 and U+2069: what stands between has a direction of its own, as in <bdi>. */
const isolated = (text: string) => `\u2068${text}\u2069`

/** "Pizza leads with 11 of 24 votes." */
function sentence({ open, kind, voters, choices }: Question, { result }: Catalogue): string {
  const most = Math.max(0, ...choices.map(choice => choice.votes))
  if (most === 0) return open ? result.empty : result.closedWithout
  const leaders = choices.filter(({ votes }) => votes === most)
  const names = leaders.map(choice => isolated(choice.choice_text))
  if (names.length > 1) return result.tie(names, most)
  const isOfVotes = kind === 'single'
  if (open) return (isOfVotes ? result.leads : result.leadsOfVoters)(names[0]!, most, voters)
  return (isOfVotes ? result.won : result.wonOfVoters)(names[0]!, most, voters)
}

/** The counted votes of a poll. The percents are of the voters, and need not add up to 100. */
function tally({ voters, choices }: Question) {
  const shown = choices.filter(choice => !choice.retired || choice.votes > 0)
  const percents = percentages(
    shown.map(({ votes }) => votes),
    voters
  )
  const rows = shown.map(({ id, retired, choice_text, votes }, n) => ({
    id,
    retired,
    choice_text,
    votes,
    percent: percents[n]!
  }))
  return { voters, rows }
}

/** The tally for a page, with a sentence in its language. */
const resultView = (question: Question, t: Catalogue) => ({
  ...tally(question),
  sentence: sentence(question, t)
})

/**
 * The result as JSON, whole; without the right to see it no number. Not even `tally_version`, which counts the votes,
 * nor a retired option, which is there only because it had some.
 */
function snapshot(question: Question, canSeeResults: boolean) {
  const { voters, rows } = tally(question)
  return {
    question_id: question.id,
    tally_version: canSeeResults ? question.tally_version : null,
    open: question.open,
    voters: canSeeResults ? voters : null,
    choices: rows
      .filter(({ retired }) => canSeeResults || !retired)
      .map(({ id, choice_text, votes, percent }) => ({
        id,
        choice_text,
        votes: canSeeResults ? votes : null,
        percent: canSeeResults ? percent : null
      }))
  }
}

/** How the rest of the program reaches them. */
export const results = { canSeeResults, isOnScreen, tally, resultView, sentence, snapshot }
