/**
 * The public history of a poll: what was changed after its first vote, and some acts before. Lines
 * are only added.
 */
import type { Database, Transaction } from '../../db/database.ts'
import type { EditAct } from '../../values/edits.ts'
import { ABOVE_ALL, type ListPage, PAGE_QUERY_SIZE, toPage } from '../list-page.ts'
import type { LockedRow } from './locked-poll.ts'

/** One change. Texts as they were entered; times in the database's form. */
export interface Edit {
  act: EditAct
  /** The option that it is about. */
  choice_id: number | null
  before: string | null
  after: string | null
}

/** A line of the history. */
export interface EditLine extends Edit {
  id: number
  /** The revision of the poll after the edit. */
  revision: number
  create_time: string
}

/** Lines that a voter whose vote is older is shown at once. */
const MAX_EDITS = 200

/** Lines of an export that are in memory at once. */
const PART_SIZE = 1_000

const COLUMNS = 'revision, act, choice_id, `before`, `after`, create_time'
const SELECT = `SELECT id, ${COLUMNS} FROM question_edit WHERE question_id = ?`

/**
 * Adds lines in the transaction of the edit, while the question's row is locked. `time`: what is
 * stored as their time, in the database's form.
 */
export async function recordEdits(
  tx: Transaction,
  question: number,
  revision: number,
  edits: readonly Edit[],
  time: string
) {
  if (edits.length === 0) return
  const rows = edits.map(({ act, choice_id, before, after }) => [
    question,
    revision,
    act,
    choice_id,
    before,
    after,
    time
  ])
  await tx.execute(`INSERT INTO question_edit (question_id, ${COLUMNS}) VALUES ?`, [rows])
  await tx.execute('UPDATE question SET edits = edits + ? WHERE id = ?', [edits.length, question])
}

/**
 * Adds a line about an act that a poll takes with and without votes: if it has had a vote or, where
 * not everyone always sees the result, in any case, because otherwise the line tells that there are
 * votes. Lines of corrections still do.
 */
export async function recordPublicAct(
  tx: Transaction,
  question: number,
  row: Pick<LockedRow, 'voted' | 'results' | 'revision' | 'now'>,
  { act, before = null, after = null }: Pick<Edit, 'act'> & Partial<Pick<Edit, 'before' | 'after'>>
) {
  if (row.voted || row.results !== 'always')
    await recordEdits(tx, question, row.revision, [{ act, choice_id: null, before, after }], row.now)
}

export class History {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Reads a page of the history, newest first, after the line `after`. */
  async list(question: number, after = ABOVE_ALL): Promise<ListPage<EditLine>> {
    const sql = `${SELECT} AND id < ? ORDER BY id DESC`
    return toPage(await this.#db.select<EditLine>(sql, [question, after], PAGE_QUERY_SIZE))
  }

  /**
   * Reads the whole history, oldest first, a part of at most PART_SIZE lines at a time: it has no
   * greatest length.
   */
  async *parts(question: number): AsyncGenerator<EditLine[], void> {
    let part: EditLine[]
    let after = 0
    do {
      part = await this.#db.select<EditLine>(`${SELECT} AND id > ? ORDER BY id`, [question, after], PART_SIZE)
      yield part
      after = part.at(-1)?.id ?? after
    } while (part.length === PART_SIZE)
  }

  /** Reads the lines of these acts after a revision, oldest first: the newest MAX_EDITS. */
  async since(question: number, revision: number, acts: readonly EditAct[]): Promise<EditLine[]> {
    const sql = `${SELECT} AND revision > ? AND act IN (?) ORDER BY id DESC`
    const lines = await this.#db.select<EditLine>(sql, [question, revision, acts], MAX_EDITS)
    return lines.toReversed()
  }
}
