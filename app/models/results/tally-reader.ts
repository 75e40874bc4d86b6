/** Reads the tally of polls whose ballots have values or ranks, and counts it. */
import { setImmediate as turn } from 'node:timers/promises'
import { createLRU } from 'lru.min'
import type { Queries } from '../../db/database.ts'
import { ballotForm } from '../../values/kinds.ts'
import type { Duel } from './counting/duels.ts'
import { countInTurns } from './counting/ranking.ts'
import { finalistsOf } from './counting/score.ts'
import { type ItemVotes, namedIn, type Outcome, outcomeOf } from './outcome.ts'
import type { Question } from '../polls/question-row.ts'

type Reader = Pick<Queries, 'select'>

/** Outcomes that are kept: each is as large as its page. */
const MAX_ENTRIES = 500
/**
 * Reading more rows takes some milliseconds. A count of fewer is never slow, only late on a busy
 * machine.
 */
const MANY_ROWS = 1_000
/** A count of many rows that took longer than this stands for `REUSE_MS` while votes arrive. */
const SLOW_COUNT_MS = 20
const REUSE_MS = 2_000
/**
 * Ballots of a statement that counts the duel of two options; in an open poll it is counted up to
 * this.
 */
const BALLOTS_PER_STATEMENT = 5_000

/** A tally of one moment, and its outcome. */
interface Counted {
  voters: number
  tally_version: number
  named: ReadonlyMap<number, number>
  outcome: Outcome
  /** Rows that were read for it. */
  rows: number
}

interface Entry {
  key: string
  /** Options are added and retired with it. */
  revision: number
  counted: Promise<Counted>
  /** Set when the count is complete; milliseconds. */
  endedAt: number
  /** Of the last complete count. */
  isSlow: boolean
}

/** Each ballot's values for two options, where a blank is 0. */
const SELECT_DUEL = `SELECT voter, MAX(CASE WHEN choice_id = ? THEN value ELSE 0 END) AS a,
    MAX(CASE WHEN choice_id = ? THEN value ELSE 0 END) AS b
  FROM vote WHERE question_id = ? AND voter > ? GROUP BY voter ORDER BY voter`

async function duelOf(reader: Reader, question: number, a: number, b: number): Promise<Duel> {
  const duel = { a, b, for_a: 0, for_b: 0 }
  for (let last = ''; ; ) {
    const args = [a, b, question, last]
    const rows = await reader.select<{ voter: string; a: number; b: number }>(
      SELECT_DUEL,
      args,
      BALLOTS_PER_STATEMENT
    )
    duel.for_a += rows.filter(row => row.a > row.b).length
    duel.for_b += rows.filter(row => row.b > row.a).length
    if (rows.length < BALLOTS_PER_STATEMENT) return duel
    last = rows.at(-1)!.voter
    await turn() // the embedded database blocks the event loop: let other requests run
  }
}

interface TallyRow {
  voters: number
  tally_version: number
  item: string | null
  votes: number
}

/** One statement, so that items, voters and version are of one moment. */
const SELECT_TALLY = `SELECT q.voters, q.tally_version, t.item, t.votes
  FROM question q LEFT JOIN tally t ON t.question_id = q.id AND t.votes > 0 WHERE q.id = ?`

async function count(reader: Reader, question: Question): Promise<Counted> {
  const rows = await reader.select<TallyRow>(SELECT_TALLY, [question.id])
  if (rows.length > MANY_ROWS) await turn() // the embedded database has blocked the event loop
  const items = rows.filter((row): row is TallyRow & ItemVotes => row.item !== null)
  const { voters, tally_version } = rows[0] ?? question
  const named = await countInTurns(namedIn(items))
  const ids = question.choices.filter(({ id, retired }) => !retired || named.has(id)).map(({ id }) => id)
  const outcome = await countInTurns(outcomeOf(question, ids, items))
  const finalists = outcome.kind === 'score' ? finalistsOf(outcome.options) : null
  let read = rows.length
  if (outcome.kind === 'score' && finalists && (!question.open || voters <= BALLOTS_PER_STATEMENT)) {
    outcome.runoff = await duelOf(reader, question.id, ...finalists)
    read += voters
  }
  return { voters, tally_version, named, outcome, rows: read }
}

export class TallyReader {
  /**
   * Not a read replica: a tally that is older than its question would be kept as that of its
   * version.
   */
  readonly #db: Reader
  readonly #entries = createLRU<number, Entry>({ max: MAX_ENTRIES })

  constructor(db: Reader) {
    this.#db = db
  }

  /**
   * Returns the question with its outcome, and with the counters of the moment that the outcome is
   * of. Other questions are returned as they are.
   */
  async complete(question: Question): Promise<Question> {
    if (ballotForm(question.kind) === 'choose') return question
    const { voters, tally_version, named, outcome } = await this.#counted(question)
    const choices = question.choices.map(choice => ({ ...choice, votes: named.get(choice.id) ?? 0 }))
    const isOutdated = tally_version < question.tally_version
    return { ...question, voters, tally_version, choices, outcome, isOutdated }
  }

  #counted(question: Question): Promise<Counted> {
    const { id, revision, tally_version, open } = question
    const key = `${revision} ${tally_version} ${open}`
    const last = this.#entries.get(id)
    if (last && (last.key === key || (open && last.revision === revision && mayStand(last))))
      return last.counted
    const entry: Entry = {
      key,
      revision,
      counted: count(this.#db, question),
      endedAt: Infinity,
      isSlow: last?.isSlow ?? false
    }
    this.#entries.set(id, entry)
    void this.#time(id, entry)
    return entry.counted
  }

  /** Notes how long a count took. One that fails is not kept. */
  async #time(id: number, entry: Entry) {
    const startedAt = performance.now()
    try {
      const { rows } = await entry.counted
      entry.endedAt = performance.now()
      entry.isSlow = rows > MANY_ROWS && entry.endedAt - startedAt > SLOW_COUNT_MS
    } catch {
      if (this.#entries.get(id) === entry) this.#entries.delete(id)
    }
  }
}

/** Tells whether a slow count is under way or has just ended. */
const mayStand = ({ endedAt, isSlow }: Entry) => isSlow && performance.now() - endedAt < REUSE_MS
