/** Changes a poll while its row is locked, for its owner or an administrator. */
import { columnsOf, selected } from '../../db/columns.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { thenPublish } from '../../db/then-publish.ts'
import { AnonymousClosed, ManageLinkInvalid, NotOwner, PollClosed, QuestionNotFound } from '../../errors.ts'
import type { Audience } from '../../values/audience.ts'
import type { Kind } from '../../values/kinds.ts'
import type { Privacy } from '../../values/privacy.ts'
import type { ResultAudience } from '../../values/results.ts'
import { hadVotes } from '../../values/voted.ts'
import { findManagers } from './manager-rows.ts'
import { isOpen } from './question-row.ts'
import { removalError } from './removed.ts'

/** The question's row, locked until the transaction ends. */
export interface LockedRow {
  user_id: number | null
  delete_flag: number
  removed_time: string | null
  revision: number
  question_text: string
  voters: number
  /** As in ListedQuestion. */
  voted: boolean
  open: boolean
  kind: Kind
  audience: Audience
  privacy: Privacy
  results: ResultAudience
  close_time: string | null
  closed_time: string | null
  timer_end: string | null
  timer_before: string | null
  decided_id: number | null
  decision_text: string | null
  decision_time: string | null
  now: string
}

type Stored = Omit<LockedRow, 'voted' | 'open'> & Record<'voted' | 'open', number>

const toLockedRow = (row: Stored): LockedRow => ({ ...row, voted: hadVotes(row), open: row.open === 1 })

/** The columns of the question that are read: all of the type but what the clock decides. */
const COLUMNS = columnsOf<Omit<LockedRow, 'open' | 'now'>>({
  user_id: true,
  delete_flag: true,
  removed_time: true,
  revision: true,
  question_text: true,
  voters: true,
  voted: true,
  kind: true,
  audience: true,
  privacy: true,
  results: true,
  close_time: true,
  closed_time: true,
  timer_end: true,
  timer_before: true,
  decided_id: true,
  decision_text: true,
  decision_time: true
})

type AccountId = number
/** Of the token of the manage link. */
type ManagerHash = string

/** Who owns a poll: an account, or a guest who has the manage link. */
export type Owner = AccountId | ManagerHash

/** Tells whether the owner is a guest. */
export const isGuest = (owner: Owner): owner is ManagerHash => typeof owner === 'string'

/** Who closes or removes a poll: its owner, or an administrator, whose act is logged. */
export type Actor = { owner: Owner } | { admin: number | null }

/**
 * Throws NotOwner, and ManageLinkInvalid once an account has claimed the poll of a guest. The row
 * is locked.
 */
async function requireOwner(tx: Transaction, question: number, { user_id }: Stored, owner: Owner) {
  if (isGuest(owner)) {
    const [manager] = await findManagers(tx, [owner])
    if (manager?.question !== question) throw new ManageLinkInvalid()
  } else if (user_id !== owner) throw new NotOwner()
}

/**
 * Locks a question until the transaction ends. Throws QuestionNotFound, QuestionRemoved, NotOwner,
 * ManageLinkInvalid.
 */
export async function lockFor(tx: Transaction, question: number, actor: Actor): Promise<LockedRow> {
  const { clock, forUpdate } = tx.dialect
  const sql = `SELECT ${selected('q', COLUMNS)}, ${isOpen(clock)} AS open, ${clock} AS now FROM question q WHERE q.id = ? ${forUpdate}`
  const row = await tx.fetchone<Stored>(sql, [question])
  if (!row) throw new QuestionNotFound()
  if (row.delete_flag) throw removalError(row)
  if ('owner' in actor) await requireOwner(tx, question, row, actor.owner)
  return toLockedRow(row)
}

/**
 * Locks a question until the transaction ends. Returns whether the condition, SQL about `q`, still
 * holds: the poll may have been reopened, edited or deleted since it was found.
 */
export async function stillHolds(tx: Transaction, question: number, condition: string): Promise<boolean> {
  const sql = `SELECT ${condition} AS holds FROM question q WHERE q.id = ? ${tx.dialect.forUpdate}`
  return (await tx.fetchone<{ holds: number }>(sql, [question]))?.holds === 1
}

/**
 * Throws PollClosed for a closed poll, which can be reopened, and AnonymousClosed for one that
 * cannot.
 */
export function requireOpen({ open, privacy }: Pick<LockedRow, 'open' | 'privacy'>) {
  if (!open) throw privacy === 'anonymous' ? new AnonymousClosed() : new PollClosed()
}

/** What the work of `LockedPolls.change` returns when it has changed nothing. */
export const UNCHANGED = Symbol('unchanged')

/** Changes polls one at a time. */
export class LockedPolls {
  readonly #db: Database
  readonly #onChange: (question: number) => void

  /** `onChange` is called with each question that may have changed, after COMMIT. */
  constructor(db: Database, onChange: (question: number) => void) {
    this.#db = db
    this.#onChange = onChange
  }

  /**
   * Runs `work` on a question of this owner, or for an administrator of any, while its row is
   * locked. Returns what it returns; with UNCHANGED, no change is published. Throws
   * QuestionNotFound, QuestionRemoved, NotOwner, ManageLinkInvalid.
   */
  change<T>(
    question: number,
    actor: Actor,
    work: (tx: Transaction, row: LockedRow) => Promise<T>
  ): Promise<T> {
    return thenPublish(
      this.#db.transaction(async tx => work(tx, await lockFor(tx, question, actor))),
      () => this.#onChange(question),
      result => result !== UNCHANGED
    )
  }

  /** Tells of a question that was changed without this lock. */
  publish(question: number): void {
    this.#onChange(question)
  }
}
