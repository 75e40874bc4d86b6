/** The content of a result, and who may see it. */
import { percentages } from '../../values/shares.ts'
import type { Catalogue } from '../../i18n/locales/en.ts'
import type { Question, ListedQuestion } from './question-row.ts'
import { GUEST, type Viewer } from './admission.ts'

export type Results = typeof results

/**
 * Tells whether a viewer may see the numbers of this poll, including the number of voters. Page,
 * JSON, stream and export all use this function.
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

/** Tells whether screens show the result: by the organiser's choice, else by a guest's rights. */
const isOnScreen = (question: ListedQuestion): boolean =>
  question.on_screen === null ? canSeeResults(question, GUEST, false) : question.on_screen

/** U+2068 and U+2069 isolate the direction of the text between them, like <bdi>. */
const isolated = (text: string) => `\u2068${text}\u2069`

/** Returns the result as a sentence: "Pizza leads with 11 of 24 votes." */
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

/** Returns the counted votes of a poll. Percents relate to the voters and may not add up to 100. */
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

/** Returns the tally for a page, with a sentence in its language. */
const resultView = (question: Question, t: Catalogue) => ({
  ...tally(question),
  sentence: sentence(question, t)
})

/**
 * Returns the result as JSON. Without the right to see it, it contains no number: neither
 * `tally_version`, which counts changes, nor retired options, which exist only because of votes.
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

/** The functions as `app.results`. */
export const results = { canSeeResults, isOnScreen, tally, resultView, sentence, snapshot }
