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
  const isOfVotes = kind === 'single'
  if (names.length > 1) return (isOfVotes ? result.tie : result.tieOfVoters)(names, most, voters)
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

/** From so many options on, bars are scaled to the longest: as shares of all they would be slivers. */
const MIN_SCALED_ROWS = 8

/**
 * Returns the result for a page: a sentence in its language, and the rows with the length of their
 * bars. `byVotes`: the most votes first; else in the poll's order.
 */
function resultView(question: Question, t: Catalogue, byVotes = !question.open) {
  const { voters, rows } = tally(question)
  const most = Math.max(0, ...rows.map(({ votes }) => votes))
  const longest = Math.max(0, ...rows.map(({ percent }) => percent))
  const scale = rows.length >= MIN_SCALED_ROWS && longest > 0 ? 100 / longest : 1
  const shown = rows.map(row => ({
    ...row,
    /** Has the most votes, perhaps beside others. */
    leads: row.votes > 0 && row.votes === most,
    /** Length of the bar in percent. */
    width: Math.round(row.percent * scale * 10) / 10
  }))
  const ordered = byVotes ? shown.toSorted((one, other) => other.votes - one.votes) : shown
  return { voters, rows: ordered, sentence: sentence(question, t) }
}

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
    close_time: question.close_time,
    correct: correctOf(question),
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

/**
 * Returns the ids of the right options of a quiz once it is closed; null before, and for any other poll: that a poll is a
 * quiz would tell that the marks are hidden.
 */
function correctOf({ open, choices }: Question): number[] | null {
  const ids = choices.filter(({ correct }) => correct).map(({ id }) => id)
  return open || ids.length === 0 ? null : ids
}

/** The functions as `app.results`. */
export const results = { canSeeResults, isOnScreen, tally, resultView, sentence, snapshot, correctOf }
