/** What the organiser of a poll does with the options that voters suggest. */
import type { Database, Transaction } from '../../db/database.ts'
import { InvalidInput, NotFound, SuggestionSettled } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { castTimeIn } from '../../values/privacy.ts'
import { randomText } from '../../values/random-text.ts'
import { inParts } from '../../values/parts.ts'
import { type SuggestionMode, takesSuggestions } from '../../values/suggestions.ts'
import { visibleForm } from '../../values/text.ts'
import { type Ballot, keyFor, type StoredBallot } from '../voting/ballot.ts'
import { readBallots } from '../voting/ballot-rows.ts'
import type { Change } from '../voting/change.ts'
import type { LockedQuestion } from '../voting/locked-question.ts'
import { decide } from '../voting/rules.ts'
import {
  selectWaiting,
  selectWaitingTexts,
  setState,
  type State,
  type SuggestionRow
} from '../voting/suggestion-rows.ts'
import { VoteTable, writeChanges } from '../voting/vote-table.ts'
import { readStored } from './amendments.ts'
import { type LockedPolls, type Owner, requireOpen, UNCHANGED } from './locked-poll.ts'
import { setShown } from './shown.ts'
import { addOption, findOption, lookSame } from './suggested-option.ts'

/** Voters whose ballots are changed in one statement: SQLite accepts 32,766 arguments. */
const PART_SIZE = 1_000

const NO_BALLOT: Pick<Ballot, 'choice' | 'name'> = { choice: [] }

export class SuggestionReview {
  readonly #db: Database
  readonly #polls: LockedPolls

  constructor(db: Database, polls: LockedPolls) {
    this.#db = db
    this.#polls = polls
  }

  /** Lists what waits, each text once, the oldest first. */
  async waiting(question: number): Promise<Array<Pick<SuggestionRow, 'id' | 'choice_text'>>> {
    const rows = await selectWaitingTexts(this.#db, question)
    const byForm = Map.groupBy(rows, ({ choice_text }) => visibleForm(choice_text))
    return [...byForm.values()].map(([first]) => first!) // a group has a member
  }

  /**
   * Sets whether voters suggest options. Throws NotOwner, InvalidInput for a kind that takes none.
   */
  async setMode(question: number, owner: Owner, mode: SuggestionMode): Promise<void> {
    await this.#polls.change(question, { owner }, async (tx, { kind }) => {
      if (mode !== 'off' && !takesSuggestions(kind))
        throw new InvalidInput({ suggestions: messageKey('suggestionsNeedChoice') })
      await setShown(tx, question, 'suggestions = ?', [mode])
    })
  }

  /**
   * Makes a suggestion an option, and adds it to the ballots of those who suggested it, where it
   * fits. A repeated call changes nothing. Throws NotOwner, NotFound, SuggestionSettled for one
   * that was refused, PollClosed, AnonymousClosed, InvalidInput about `choice_text`.
   */
  async accept(question: number, owner: Owner, id: number): Promise<void> {
    await this.#polls.change(question, { owner }, async (tx, row) => {
      const { kind, privacy, now } = row
      const same = await waitingLike(tx, question, id, 'accepted')
      const [first] = same
      if (!first) return UNCHANGED
      requireOpen(row)
      if (!takesSuggestions(kind))
        throw new InvalidInput({ choice_text: messageKey('suggestionsNeedChoice') })
      const { choice_text: text } = first
      const stored = await readStored(tx, question)
      const option =
        findOption(stored, text) ?? (await addOption(tx, question, stored, text, castTimeIn(privacy, now)))
      await setState(tx, same, 'accepted')
      await this.#addToBallots(
        tx,
        question,
        option,
        same.flatMap(({ voter }) => voter ?? [])
      )
    })
  }

  /**
   * Refuses a suggestion, and those that look the same. A repeated call changes nothing. Throws
   * NotOwner, NotFound, SuggestionSettled for one that was accepted.
   */
  async refuse(question: number, owner: Owner, id: number): Promise<void> {
    await this.#polls.change(question, { owner }, async tx => {
      const same = await waitingLike(tx, question, id, 'refused')
      if (same.length === 0) return UNCHANGED
      await setState(tx, same, 'refused')
    })
  }

  /**
   * Only to ballots that stand in a poll of several choices: in one of one choice the vote would
   * become another. A ballot that takes no further option stays as it is.
   */
  async #addToBallots(tx: Transaction, question: number, option: number, voters: readonly string[]) {
    const table = new VoteTable(this.#db, 1)
    const { questions } = await table.lock(tx, [question])
    const locked = questions.get(question)!
    if (locked.kind !== 'multiple') return
    const those = [...new Set(voters)].map(voter => ({ question, voter }))
    const ballots = await readBallots(tx, those)
    const operations = those.flatMap(one => {
      const { choice, name } = ballots.get(keyFor(one)) ?? NO_BALLOT
      const current = choice.filter(id => locked.choices.has(id))
      if (choice.length === 0 || choice.includes(option) || current.length >= locked.max_choices) return []
      const ballotFields = { privacy: locked.privacy, name, receipt: randomText() }
      return [{ ...one, choices: [...choice, option], ...ballotFields }]
    })
    // Who may vote was asked when they suggested it: a revoked invitation has no suggestion any
    // more, except in an anonymous poll. A ballot keeps its retired options, which take no place of
    // another one.
    const choices = new Set([...locked.choices, ...operations.flatMap(one => one.choices)])
    const rules: LockedQuestion = {
      ...locked,
      audience: 'link',
      revote: true,
      choices,
      max_choices: choices.size
    }
    const known = { ballots, epochs: new Map(), revoked: new Set<number>() }
    const decisions = decide(operations, { ...known, questions: new Map([[question, rules]]) })
    const changes = decisions.flatMap(one => one.changes.map(change => asCast(change, ballots)))
    for (const part of inParts(changes, PART_SIZE)) writeChanges(tx, part)
  }
}

/**
 * A ballot to which an option is added keeps its time, and the revision that its voter saw: the
 * voter has not been here.
 */
function asCast(change: Change, ballots: ReadonlyMap<string, StoredBallot>): Change {
  if (change.type !== 'insert') return change
  const { revision, cast_time: castTime } = ballots.get(keyFor(change.voter))! // there is one to add to
  return { ...change, revision, castTime }
}

/**
 * Returns what waits with the text of this suggestion; none if the suggestion has `state` already.
 * Throws NotFound, and SuggestionSettled if it has another one.
 */
async function waitingLike(
  tx: Transaction,
  question: number,
  id: number,
  state: State
): Promise<SuggestionRow[]> {
  const sql = 'SELECT choice_text, state FROM suggestion WHERE id = ? AND question_id = ?'
  const asked = await tx.fetchone<{ choice_text: string; state: State }>(sql, [id, question])
  if (!asked) throw new NotFound()
  if (asked.state === state) return []
  if (asked.state !== 'waiting') throw new SuggestionSettled(asked.state)
  const waiting = await selectWaiting(tx, question)
  return waiting.filter(({ choice_text }) => lookSame(choice_text, asked.choice_text))
}
