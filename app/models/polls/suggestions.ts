/** Options that voters suggest with their votes. */
import type { Database, Transaction } from '../../db/database.ts'
import { CommitUnknown } from '../../db/errors.ts'
import { InvalidInput, QuestionNotFound, VoteFinal, VoteNotConfirmed } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { castTimeIn, showsOwnVote } from '../../values/privacy.ts'
import { randomText } from '../../values/random-text.ts'
import { visibleForm } from '../../values/text.ts'
import { MAX_SUGGESTIONS, MAX_WAITING, type SuggestionMode } from '../../values/suggestions.ts'
import { type Ballot, keyFor, toBallot, type VoterOf } from '../voting/ballot.ts'
import { noBallot } from '../../values/ballot.ts'
import type { LockedQuestion } from '../voting/locked-question.ts'
import { type Cast, type Operation, targetOf } from '../voting/operation.ts'
import { readBallots } from '../voting/ballot-rows.ts'
import { ANSWER_WITHIN_MS, retry } from '../voting/retry.ts'
import { admissionError, voterError } from '../voting/refusal.ts'
import { decide } from '../voting/rules.ts'
import {
  insertSuggestion,
  moveSuggestions,
  type SuggestionRow,
  selectWaitingOf,
  selectWaitingTexts
} from '../voting/suggestion-rows.ts'
import { VoteTable, writeChanges } from '../voting/vote-table.ts'
import { readStored } from './amendments.ts'
import { additionOf, addOption, findOption, lookSame } from './suggested-option.ts'

/** A ballot that stands after a suggestion. */
export interface Suggested {
  ballot: Ballot
  /**
   * This call has cast it. False: the suggestion waits, and the ballot is an earlier one, or empty.
   */
  isCast: boolean
}

export class Suggestions {
  readonly #db: Database
  readonly #onChange: (question: number) => void

  /**
   * `onChange` is called after COMMIT with each question whose options or tally may have changed.
   */
  constructor(db: Database, onChange: (question: number) => void) {
    this.#db = db
    this.#onChange = onChange
  }

  /**
   * Casts a ballot that includes the option with this text, which is added in the same transaction
   * if no other looks the same. In a poll of one choice the ballot is for this option; elsewhere it
   * stands beside `choices`. Where the organiser reads suggestions first, the suggestion waits, and
   * the choices are cast if there are some. Throws as `BallotBox.cast`, and InvalidInput about
   * `choice_text`.
   */
  async cast(cast: Cast, text: string): Promise<Suggested> {
    const operation = { ...cast, receipt: randomText() }
    let mayBeStored = false
    const attempt = () =>
      this.#db
        .transaction(tx => this.#settle(tx, operation, text, mayBeStored), ANSWER_WITHIN_MS)
        .catch(error => {
          mayBeStored ||= error instanceof CommitUnknown
          throw error
        })
    try {
      const suggested = await retry(attempt, performance.now() + ANSWER_WITHIN_MS)
      this.#onChange(cast.question)
      return suggested
    } catch (error) {
      if (error instanceof VoteNotConfirmed) this.#onChange(cast.question) // it may be committed
      throw error
    }
  }

  /** Lists the texts with which these voters wait for the organiser. */
  async waitingOf(question: number, voters: readonly string[]): Promise<string[]> {
    const rows = await selectWaitingOf(this.#db, question, voters)
    return rows.map(({ choice_text }) => choice_text)
  }

  /**
   * Makes what a browser without a ballot has suggested the account's that signs in there: once
   * accepted, it joins the ballot of the account. With a ballot, the ballot box does. Changes
   * nothing in an anonymous poll, where the two stay apart.
   */
  async adopt({ question, voter }: VoterOf, browser: string): Promise<void> {
    if ((await this.waitingOf(question, [browser])).length === 0) return
    await this.#db.transaction(async tx => {
      const { questions } = await new VoteTable(this.#db, 1).lock(tx, [question])
      const known = questions.get(question)
      if (!known || known.privacy === 'anonymous') return
      // Once accepted, it would change a vote that is final.
      if (!known.revote && (await readBallots(tx, [{ question, voter }])).size > 0) return
      tx.beforeCommit(...moveSuggestions({ question, voter: browser }, voter))
    })
  }

  /** `mayBeStored`: the answer to the COMMIT of an earlier attempt was lost. */
  async #settle(
    tx: Transaction,
    operation: Operation,
    text: string,
    mayBeStored: boolean
  ): Promise<Suggested> {
    const { question } = operation
    // Its own: what it knows of a revision is wrong if this transaction is rolled back.
    const table = new VoteTable(this.#db, 1)
    const { questions, epochs } = await table.lock(tx, [question], [operation])
    const state = { ...(await table.read(tx, [operation], [])), questions, epochs }
    // The vote of the browser counts until the account adopts it, which takes the suggestion along.
    const suggester = { question, voter: targetOf(operation, state.ballots) }
    const own = state.ballots.get(keyFor(suggester))
    // An earlier attempt, whose COMMIT was not confirmed, has counted it.
    if (own?.receipt === operation.receipt) return { ballot: toBallot(own), isCast: true }
    const known = questions.get(question)
    if (!known) throw new QuestionNotFound()
    const refused = voterError(operation, state) ?? admissionError(operation, known)
    if (refused) throw refused
    const isFinal = own !== undefined && !known.revote
    const isTold = showsOwnVote(known)
    if (isFinal && !isTold) throw new VoteFinal() // a repeat would tell what was suggested
    const time = castTimeIn(known.privacy, known.now) // as the ballot has it
    const joinsRepeat = isTold || mayBeStored
    const option = await optionFor(tx, operation, { ...suggester, isFinal, joinsRepeat, time }, text)
    if (option === undefined && operation.choices.length === 0)
      return { ballot: own ? toBallot(own) : noBallot(question), isCast: false }

    const isNew = option !== undefined && !known.choices.has(option)
    // Again for a new option, because the options are those of the new revision.
    const current = isNew ? { ...state, questions: (await table.lock(tx, [question])).questions } : state
    const choices = option === undefined ? operation.choices : withOption(operation.choices, option, known)
    // A voter who saw all that was there before knows the option that this adds.
    const revision = isNew && operation.revision === known.revision ? undefined : operation.revision
    const decisions = decide([{ ...operation, choices, revision }], current)
    const { reply, changes } = decisions[0]!
    if (reply instanceof Error) throw reply // the option is rolled back with it
    writeChanges(tx, changes)
    return { ballot: reply, isCast: true }
  }
}

/** In a poll of one choice the option is the choice. */
const withOption = (choices: readonly number[], option: number, { kind }: LockedQuestion) =>
  kind === 'single' ? [option] : [...new Set([...choices, option])]

/**
 * Returns the option with this text, a new one where the poll takes it at once; undefined: it waits
 * for the organiser.
 */
async function optionFor(
  tx: Transaction,
  operation: Operation,
  suggester: VoterOf & { isFinal: boolean; joinsRepeat: boolean; time: string },
  text: string
): Promise<number | undefined> {
  const { question } = operation
  const sql = 'SELECT suggestions FROM question WHERE id = ?'
  const { suggestions: mode } = (await tx.fetchone<{ suggestions: SuggestionMode }>(sql, [question]))! // it is locked
  if (mode === 'off') throw new InvalidInput({ choice_text: messageKey('noSuggestions') })
  const stored = await readStored(tx, question)
  const same = findOption(stored, text)
  if (same !== undefined) return same
  const own = await suggestedBy(tx, operation)
  // Where a vote is not shown, a repeat counts as any other text does: what is answered otherwise
  // tells who suggested it.
  const isRepeat = suggester.joinsRepeat && own.some(({ choice_text }) => lookSame(choice_text, text))
  if (!isRepeat && own.length >= MAX_SUGGESTIONS)
    throw new InvalidInput({ choice_text: messageKey('fewSuggestions', MAX_SUGGESTIONS) })
  if (mode === 'on') {
    const option = await addOption(tx, question, stored, text, suggester.time)
    if (!isRepeat) await insertSuggestion(tx, suggester, text, 'accepted')
    return option
  }
  if (isRepeat) return undefined
  additionOf(stored, text) // what cannot become an option does not wait
  const texts = await selectWaitingTexts(tx, question)
  const forms = new Set(texts.map(({ choice_text }) => visibleForm(choice_text)))
  if (forms.size >= MAX_WAITING && !forms.has(visibleForm(text)))
    throw new InvalidInput({ choice_text: messageKey('suggestionsWait') })
  // Once accepted, it would change the vote.
  if (suggester.isFinal) throw new VoteFinal()
  await insertSuggestion(tx, suggester, text, 'waiting')
  return undefined
}

/** All suggestions of a voter, also as the browser before sign-in. */
function suggestedBy(tx: Transaction, { question, voter, adopts }: Operation): Promise<SuggestionRow[]> {
  const sql = 'SELECT id, voter, choice_text FROM suggestion WHERE question_id = ? AND voter IN (?)'
  return tx.select<SuggestionRow>(sql, [question, adopts ? [voter, adopts] : [voter]])
}
