/** The content of a result, and who may see it. */
import type { Catalogue } from '../../i18n/locales/en.ts'
import { countedOptionsOf, optionsOf } from '../../values/choices.ts'
import { fullOptionsOf, isOpenPollFull } from '../../values/full.ts'
import { ballotForm } from '../../values/kinds.ts'
import type { ListedQuestion, Question } from '../polls/question-row.ts'
import { GUEST, owns, type Viewer } from '../polls/admission.ts'
import { measuresOf } from './measures.ts'
import { decisionJson } from '../../values/decision.ts'
import { inLanguage } from '../polls/option-dates.ts'
import { optionJson, outcomeJson } from './outcome-json.ts'
import { isUndecided, rulingOf } from './ruling.ts'
import { countDetails, resultSentence } from './result-sentence.ts'

export type Results = typeof results

/**
 * Tells whether a viewer may see the numbers of this poll, including the number of voters. Page,
 * JSON, stream and export all use this function.
 */
function canSeeResults(question: ListedQuestion, viewer: Viewer, hasBallot: boolean): boolean {
  if (owns(question, viewer)) return true
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

/** Returns the options of a result, and what it shows of each. */
function measured(question: Question) {
  const shown = countedOptionsOf(question)
  return { shown, measures: measuresOf(question, shown) }
}

/**
 * From so many options on, bars are scaled to the longest: as shares of all they would be slivers.
 */
const MIN_SCALED_ROWS = 8

/** Returns the rows of a result with the length of their bars, in the poll's order. */
function rowsOf({ shown, measures }: ReturnType<typeof measured>, t: Catalogue) {
  const maxPercent = Math.max(0, ...Array.from(measures.of.values(), ({ percent }) => percent))
  const scale = shown.length >= MIN_SCALED_ROWS && maxPercent > 0 ? 100 / maxPercent : 1
  return shown.map(({ id, retired, choice_text, starts, ends, votes, capacity }) => {
    const { amount, percent, cells: cellsOf, note } = measures.of.get(id)!
    const cells = cellsOf(t)
    return {
      id,
      retired,
      choice_text,
      starts,
      ends,
      votes,
      percent,
      amount,
      cells,
      /** What stands beside the option where columns have no names; null: no number. */
      share: measures.hasShares ? cells.at(-1)! : null,
      note: note?.(t) ?? null,
      /** Seats that are left; null: any number. */
      seats: capacity === null ? null : Math.max(0, capacity - votes),
      /** Is the best, perhaps beside others. */
      leads: measures.winners.includes(id),
      /** Length of the bar in percent. */
      width: Math.round(percent * scale * 10) / 10
    }
  })
}

/**
 * Returns the result for a page: a sentence in its language, the rows, and how it was counted.
 * `byVotes`: the best first; else in the poll's order.
 */
function resultView(asked: Question, t: Catalogue, byVotes = !asked.open) {
  const question = inLanguage(asked, t)
  const result = measured(question)
  const { winners, columns } = result.measures
  const rows = rowsOf(result, t)
  return {
    voters: question.voters,
    columns: columns(t),
    rows: byVotes ? rows.toSorted((one, other) => other.amount - one.amount) : rows,
    isDecided: !question.open && !isUndecided(question, winners),
    sentence: resultSentence(question, winners, t),
    details: countDetails(question, t)
  }
}

/**
 * Returns what a live page writes into its result: "Pizza leads with 11 of 24 votes.", and the
 * cells of its rows.
 */
function liveView(asked: Question, t: Catalogue) {
  const question = inLanguage(asked, t)
  const result = measured(question)
  return {
    sentence: resultSentence(question, result.measures.winners, t),
    rows: rowsOf(result, t).map(({ id, cells, note, seats, leads, width }) => ({
      id,
      cells,
      ...(note !== null && { note }),
      ...(seats !== null && { seats: t.seats.left(seats) }),
      leads,
      width
    }))
  }
}

/**
 * Returns what the result decides, where the poll needs a quorum or a majority. `winners`: its best
 * options.
 */
function rulingJson(question: Question, winners: readonly number[]) {
  const ruling = rulingOf(question, winners)
  return ruling === null ? {} : { ruling }
}

/**
 * Returns the result as JSON. Without the right to see it, it contains no number: neither
 * `tally_version`, which counts changes, nor retired options, which exist only because of votes.
 * Which seats are taken is told to all, as the form tells it.
 */
function snapshot(question: Question, areVisible: boolean) {
  const { shown, measures } = measured(question)
  return {
    question_id: question.id,
    tally_version: areVisible ? question.tally_version : null,
    revision: question.revision,
    open: question.open,
    full: isOpenPollFull(question),
    full_choices: fullOptionsOf(question),
    close_time: question.close_time,
    correct: correctOf(question, areVisible),
    outcome: decisionJson(question),
    voters: areVisible ? question.voters : null,
    ...(areVisible && outcomeJson(question)),
    ...(areVisible && rulingJson(question, measures.winners)),
    choices: (areVisible ? shown : optionsOf(question)).map(({ id, choice_text, starts, ends, votes }) => ({
      id,
      choice_text,
      ...(starts !== null && { starts, ends }),
      votes: areVisible ? votes : null,
      percent: areVisible ? measures.of.get(id)!.percent : null,
      ...(areVisible && optionJson(question, id))
    }))
  }
}

/**
 * Returns the ids of the right options of a quiz once it is closed; null before, and for any other
 * poll: that a poll is a quiz would tell that the marks are hidden. An option that no result shows
 * is not among them, and without the right to see the result no retired one is: that it is shown
 * would tell that it has votes.
 */
function correctOf(question: Question, areVisible: boolean): number[] | null {
  const { kind, open } = question
  const shown = areVisible ? countedOptionsOf(question) : optionsOf(question)
  const ids = shown.filter(({ correct }) => correct).map(({ id }) => id)
  return open || ids.length === 0 || ballotForm(kind) !== 'choose' ? null : ids
}

/** The functions as `app.results`. */
export const results = {
  canSeeResults,
  isOnScreen,
  inLanguage,
  resultView,
  liveView,
  snapshot,
  correctOf
}
