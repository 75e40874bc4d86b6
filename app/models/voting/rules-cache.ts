/** Cache of the rules of questions. Entries do not expire: the rules of a revision never change. */
import { createLRU } from 'lru.min'
import { columnsOf, pick, selected } from '../../db/columns.ts'
import type { Database, Transaction } from '../../db/database.ts'
import type { Rules } from './locked-question.ts'

const MAX_ENTRIES = 10_000

type QuestionRow = Omit<Rules, 'choices' | 'capacities'>

/** The columns of a question that are rules: all of the type. */
const COLUMNS = columnsOf<QuestionRow>({
  id: true,
  revision: true,
  suggested: true,
  audience: true,
  kind: true,
  budget: true,
  min_choices: true,
  max_choices: true,
  max_ballots: true,
  privacy: true
})

/** SQL: the rules of a question `q`. */
export const RULE_COLUMNS = selected('q', COLUMNS)

/** Returns the rules alone: the row of a locked question has more, which changes. */
const rulesIn = (row: QuestionRow) => pick(row, COLUMNS)

interface ChoiceRow {
  question_id: number
  id: number
  capacity: number | null
}

type MutableRules = Rules & { choices: Set<number>; capacities: Map<number, number> }

/** Returned maps hold the rules themselves, so an eviction does not affect the caller. */
export class RulesCache {
  readonly #db: Database
  readonly #max: number
  // Reserves the memory of all entries, so it is created with the first one.
  #entries: ReturnType<typeof createLRU<number, Rules>> | undefined

  /** `max`: the maximum of entries; the least recently used is evicted. */
  constructor(db: Database, max = MAX_ENTRIES) {
    this.#db = db
    this.#max = max
  }

  /**
   * Adds the choices to locked questions. Those of questions whose rules are not known, or of
   * another revision, are read.
   */
  async complete<Row extends QuestionRow>(
    tx: Transaction,
    questions: readonly Row[]
  ): Promise<Array<Row & Rules>> {
    const rules = this.#collect(questions.map(({ id }) => id))
    const outdated = questions.filter(({ id, revision }) => rules.get(id)?.revision !== revision)
    if (outdated.length > 0) {
      const sql = 'SELECT question_id, id, capacity FROM choice WHERE question_id IN (?) AND delete_flag = 0'
      const found = await tx.select<ChoiceRow>(sql, [outdated.map(({ id }) => id)])
      for (const [id, read] of this.#remember(outdated, found)) rules.set(id, read)
    }
    return questions.map(question => {
      const { choices, capacities } = rules.get(question.id)! // collected or read
      return { ...question, choices, capacities }
    })
  }

  /**
   * Returns the rules of these questions as they are known, else as they are now; a missing
   * question has none.
   */
  async get(ids: readonly number[]): Promise<ReadonlyMap<number, Rules>> {
    const rules = this.#collect(ids)
    const unknown = ids.filter(id => !rules.has(id))
    if (unknown.length > 0) {
      // One statement, so that the choices are those of the revision.
      const found = await this.#db.select<QuestionRow & { choice_id: number; capacity: number | null }>(
        `SELECT ${RULE_COLUMNS}, c.id AS choice_id, c.capacity
         FROM question q JOIN choice c ON c.question_id = q.id AND c.delete_flag = 0 WHERE q.id IN (?)`,
        [unknown]
      )
      const questions = new Map(found.map(row => [row.id, row])) // a row for each choice
      const read = this.#remember(
        [...questions.values()],
        found.map(({ id, choice_id, capacity }) => ({ question_id: id, id: choice_id, capacity }))
      )
      for (const [id, one] of read) rules.set(id, one)
    }
    return rules
  }

  /** Returns the known rules of these questions. */
  #collect(ids: readonly number[]): Map<number, Rules> {
    const rules = new Map<number, Rules>()
    for (const id of ids) {
      const known = this.#entries?.get(id)
      if (known) rules.set(id, known)
    }
    return rules
  }

  /** Remembers rules and returns them. `choices`: those of these questions, and of no other. */
  #remember(questions: readonly QuestionRow[], choices: readonly ChoiceRow[]): Map<number, Rules> {
    const made = new Map<number, MutableRules>(
      questions.map(row => [row.id, { ...rulesIn(row), choices: new Set(), capacities: new Map() }])
    )
    for (const { question_id, id, capacity } of choices) {
      const rules = made.get(question_id)
      rules?.choices.add(id)
      if (capacity !== null) rules?.capacities.set(id, capacity)
    }
    if (made.size > 0) this.#entries ??= createLRU({ max: this.#max })
    for (const [id, rules] of made) this.#entries?.set(id, rules)
    return made
  }
}
