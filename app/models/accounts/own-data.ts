/** Everything that is stored about an account, for its owner to download. */
import type { Argument, Database } from '../../db/database.ts'
import { inParts } from '../../values/parts.ts'
import { idRanges } from '../polls/id-ranges.ts'
import type { PollKeys } from '../voting/poll-keys.ts'
import { ofVoters } from '../voting/ballot-rows.ts'
import { accountVoterKey } from '../voting/voter-key.ts'

/** Questions that one statement looks through for votes: there is no index by voter. */
const QUESTIONS_IN_CHUNK = 5_000
/** Ballots that one statement selects by their keys. */
const VOTERS_IN_CHUNK = 500

/** A poll of the account, with its options. */
interface OwnPoll {
  id: number
  slug: string
  question_text: string
  description: string
  create_time: string
  choices: string[]
}

/**
 * The account's vote in a poll. `values` has the rank, score or points of each option where the
 * poll asks for one.
 */
interface OwnVote {
  question_id: number
  question_text: string
  cast_time: string
  choices: string[]
  values: Array<number | null>
}

/** An option that the account suggested. */
interface OwnSuggestion {
  question_id: number
  question_text: string
  choice_text: string
  state: 'waiting' | 'accepted' | 'refused'
}

interface VoteRow {
  question_id: number
  question_text: string
  cast_time: string
  choice_text: string
  value: number | null
}

export class OwnData {
  readonly #db: Database
  readonly #pollKeys: Pick<PollKeys, 'votersOf'>

  constructor(db: Database, pollKeys: Pick<PollKeys, 'votersOf'>) {
    this.#db = db
    this.#pollKeys = pollKeys
  }

  /** Reads the account's polls, the oldest first. */
  async polls(userId: number): Promise<OwnPoll[]> {
    const polls = await this.#db.select<Omit<OwnPoll, 'choices'>>(
      `SELECT id, slug, question_text, description, create_time FROM question
       WHERE user_id = ? AND delete_flag = 0 ORDER BY id`,
      [userId]
    )
    const rows = await this.#db.select<{ question_id: number; choice_text: string }>(
      `SELECT c.question_id, c.choice_text FROM choice c JOIN question q ON q.id = c.question_id
       WHERE q.user_id = ? AND q.delete_flag = 0 ORDER BY c.question_id, c.position`,
      [userId]
    )
    const choices = Map.groupBy(rows, row => row.question_id)
    return polls.map(poll => ({
      ...poll,
      choices: (choices.get(poll.id) ?? []).map(({ choice_text }) => choice_text)
    }))
  }

  /**
   * Reads the account's votes in all polls that are not deleted, by poll. Which vote of an
   * anonymous poll is the account's is not known once that poll is closed.
   */
  async votes(userId: number): Promise<OwnVote[]> {
    const voter = accountVoterKey(userId)
    const votes: OwnVote[] = []
    for await (const { after, upTo } of idRanges(this.#db, QUESTIONS_IN_CHUNK))
      votes.push(...(await this.#select('v.voter = ? AND q.id > ? AND q.id <= ?', [voter, after, upTo])))
    const hidden = await this.#pollKeys.votersOf(voter)
    for (const part of inParts(hidden, VOTERS_IN_CHUNK))
      votes.push(...(await this.#select(...ofVoters(part, 'v.'))))
    return votes.toSorted((a, b) => a.question_id - b.question_id)
  }

  /**
   * Reads what the account suggested in polls that are not deleted, by poll. As with votes, not in
   * closed anonymous ones.
   */
  async suggestions(userId: number): Promise<OwnSuggestion[]> {
    const voter = accountVoterKey(userId)
    const keys = [voter, ...(await this.#pollKeys.votersOf(voter)).map(hidden => hidden.voter)]
    const found: OwnSuggestion[] = []
    for (const part of inParts(keys, VOTERS_IN_CHUNK)) {
      const rows = await this.#db.select<OwnSuggestion>(
        `SELECT s.question_id, q.question_text, s.choice_text, s.state
         FROM suggestion s JOIN question q ON q.id = s.question_id
         WHERE s.voter IN (?) AND q.delete_flag = 0 ORDER BY s.id`,
        [part]
      )
      found.push(...rows)
    }
    return found.toSorted((a, b) => a.question_id - b.question_id)
  }

  async #select(condition: string, args: Argument[]): Promise<OwnVote[]> {
    const rows = await this.#db.select<VoteRow>(
      `SELECT q.id AS question_id, q.question_text, v.cast_time, c.choice_text, v.value
       FROM question q JOIN vote v ON v.question_id = q.id JOIN choice c ON c.id = v.choice_id
       WHERE ${condition} AND q.delete_flag = 0 ORDER BY q.id, v.slot`,
      args
    )
    return [...Map.groupBy(rows, row => row.question_id)].map(([question_id, ballot]) => ({
      question_id,
      question_text: ballot[0]!.question_text,
      cast_time: ballot[0]!.cast_time,
      choices: ballot.map(({ choice_text }) => choice_text),
      values: ballot.map(({ value }) => value)
    }))
  }
}
