/** The ballots of polls with names, with their names. */
import type { Database } from '../../db/database.ts'
import { VOTERS_ON_PAGE } from '../../values/page-size.ts'
import { keyFor } from '../voting/ballot.ts'
import { readBallots } from '../voting/ballot-rows.ts'
import { accountIdOf, invitationVoterKey } from '../voting/voter-key.ts'
import type { Question } from '../polls/question-row.ts'

/** With more voters, names are not sorted: that would read all of them for each page. */
const MAX_SORTED = 5_000

/** A ballot with its name; null: the account is deleted. */
export interface NamedBallot {
  name: string | null
  /** Typed with the vote: not checked, and neither of an account nor of a voter list. */
  guest: boolean
  choice: number[]
  value?: number[]
}

interface VoterRow {
  voter: string
  account: number | null
  account_name: string | null
  name: string | null
}

export class NamedBallots {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Reads a page of the ballots of a poll with names behind the first `skip`, by name. `next`: what
   * to skip then; null at the end.
   */
  async page(
    { id, voters, audience }: Question,
    skip: number,
    size = VOTERS_ON_PAGE
  ): Promise<{ people: NamedBallot[]; next: number | null }> {
    const order = voters > MAX_SORTED ? 'v.voter' : "LOWER(COALESCE(u.name, v.name, '')), v.voter"
    const rows = await this.#db.select<VoterRow>(
      `SELECT v.voter, u.id AS account, u.name AS account_name, v.name
       FROM vote v LEFT JOIN user u ON u.id = ${accountIdOf('v.voter')} AND u.delete_flag = 0
       WHERE v.question_id = ? AND v.slot = 0 ORDER BY ${order} LIMIT ? OFFSET ?`,
      [id, size + 1, skip]
    )
    const shown = rows.slice(0, size)
    const ballots = await readBallots(
      this.#db,
      shown.map(({ voter }) => ({ question: id, voter }))
    )
    const listed = audience === 'list' ? await this.#holdersOf(id, shown) : new Set()
    const people = shown.flatMap(({ voter, account, account_name, name }) => {
      const ballot = ballots.get(keyFor({ question: id, voter }))
      if (!ballot) return [] // withdrawn between the two statements
      const { choice, value } = ballot
      const isGuest = account === null && name !== null && !listed.has(voter)
      return [{ name: account_name ?? name, guest: isGuest, choice, ...(value && { value }) }]
    })
    return { people, next: rows.length > size ? skip + size : null }
  }

  /** Returns the keys of all who are on the voter list of the poll under one of these names. */
  async #holdersOf(question: number, rows: readonly VoterRow[]): Promise<ReadonlySet<string>> {
    const names = rows.flatMap(({ name }) => name ?? [])
    if (names.length === 0) return new Set()
    const sql = 'SELECT token_hash FROM invitation WHERE question_id = ? AND name IN (?)'
    const invitations = await this.#db.select<{ token_hash: string }>(sql, [question, names])
    return new Set(invitations.map(({ token_hash }) => invitationVoterKey(token_hash, question)))
  }
}
