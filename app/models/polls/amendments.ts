/** Corrections of polls that may have votes: each change is a line of the history. */
import { caseById } from '../../db/case-by-id.ts'
import type { Transaction } from '../../db/database.ts'
import type { Fields } from '../../app-error.ts'
import { EditConflict } from '../../errors.ts'
import { Mistakes } from '../../mistakes.ts'
import { optionsOf } from '../../values/choices.ts'
import { mayNameAll, namedOptions } from '../../values/kinds.ts'
import { type OptionDate, sortDates } from '../../values/dates.ts'
import { questionSearchText } from '../../values/search-text.ts'
import {
  type Amendment,
  type Change,
  editsOf,
  requireKept,
  STORED_COLUMNS,
  type Stored,
  type StoredChoice
} from './amendment.ts'
import { type Edit, recordEdits } from './history.ts'
import { type LockedPolls, type LockedRow, type Owner, UNCHANGED } from './locked-poll.ts'
import { requireCloseTime } from './draft.ts'
import { setShown } from './shown.ts'

/** Amends polls for their owners. */
export class Amendments {
  readonly #polls: LockedPolls

  constructor(polls: LockedPolls) {
    this.#polls = polls
  }

  /**
   * Carries out an amendment, and adds its lines to the history. `known`: what is wrong with fields
   * that it lacks. Throws InvalidInput with all that is wrong, EditConflict, NotOwner.
   */
  async amend(
    question: number,
    owner: Owner,
    amendment: Amendment,
    revision: number | undefined,
    known: Fields = {}
  ) {
    await this.#polls.change(question, { owner }, async (tx, row) => {
      if (revision !== undefined && revision !== row.revision) throw new EditConflict()
      const stored = await readStored(tx, question)
      const { close_time = row.close_time } = amendment
      const mistakes = new Mistakes(known)
      const found = mistakes.collect(() => editsOf(stored, amendment))
      mistakes.collect(() => requireCloseTime({ close_time, privacy: row.privacy }, row))
      mistakes.collect(() => requireRetention(stored, amendment, row))
      mistakes.throwIfAny()
      const { edits, active } = found! // nothing was refused
      if (edits.length === 0) return UNCHANGED
      await carryOut(tx, question, stored, { edits, active, time: row.now })
    })
  }
}

function requireRetention({ retention_days: before }: Stored, { retention_days }: Amendment, row: LockedRow) {
  if (retention_days === undefined || retention_days === before || row.open) return
  requireKept({ ...row, retention_days }, row.now)
}

/** Reads a poll whose row is locked, for `editsOf`. */
export async function readStored(tx: Transaction, question: number): Promise<Stored> {
  const sql = `SELECT ${STORED_COLUMNS.join(', ')}, CASE WHEN decision_time IS NULL THEN NULL ELSE decided_id END AS decided_id
    FROM question WHERE id = ?`
  const row = await tx.fetchone<Omit<Stored, 'choices' | 'max_fixed'> & { max_fixed: number }>(sql, [
    question
  ])
  const rows = await tx.select<Omit<StoredChoice, 'retired'> & { delete_flag: number }>(
    'SELECT id, choice_text, delete_flag, capacity FROM choice WHERE question_id = ? ORDER BY position, id',
    [question]
  )
  const choices = rows.map(({ delete_flag, ...choice }) => ({ ...choice, retired: delete_flag !== 0 }))
  return { ...row!, max_fixed: row!.max_fixed === 1, choices } // the row is locked
}

/**
 * Writes the edits of a poll whose row is locked, with their lines of the history. Returns them
 * with the ids of new options. `time`: what is stored as the time of both, in the database's form.
 */
export async function carryOut(
  tx: Transaction,
  question: number,
  stored: Stored,
  { edits, active, time }: { edits: readonly Change[]; active: number; time: string }
): Promise<Edit[]> {
  await write(tx, question, stored, edits, active)
  const done = await addOptions(tx, question, stored.choices, edits, time)
  if (stored.time_zone !== null) await orderDates(tx, question, stored.time_zone)
  await recordEdits(tx, question, stored.revision + 1, done, time)
  return done
}

/** The columns of `question` that an edit sets. */
const COLUMNS = new Set<Edit['act']>([
  'question_text',
  'description',
  'close_time',
  'results',
  'retention_days'
])

async function write(
  tx: Transaction,
  question: number,
  stored: Stored,
  edits: readonly Edit[],
  active: number
) {
  const sets = edits
    .filter(({ act }) => COLUMNS.has(act))
    .map(({ act, after }): [string, string | number | null] => [act, after])
  const text = edits.find(({ act }) => act === 'question_text')?.after
  if (text) sets.push(['search_text', questionSearchText(text)])
  // How many options a ballot names follows from the kind: of `answers`, all of them.
  const limits = namedOptions(stored.kind, active)
  if (limits) sets.push(['min_choices', limits[0]], ['max_choices', limits[1]])
  if (stored.kind === 'multiple') {
    // Where a ballot may name all options, it still may; elsewhere it names no more than before,
    // and than there are.
    const before = optionsOf(stored).length
    const isAll = mayNameAll(stored, before)
    const maxChoices = isAll ? active : Math.min(stored.max_choices, active)
    sets.push(['max_choices', maxChoices], ['max_fixed', Number(!isAll)])
  }
  const columns = sets.map(([column]) => `${column} = ?, `).join('')
  const suggested = edits.every(({ act }) => act === 'choice_suggested') ? 'suggested + 1' : '0'
  const values = sets.map(([, value]) => value)
  await setShown(tx, question, `${columns}revision = revision + 1, suggested = ${suggested}`, values)
  for (const { act, choice_id, after } of edits) {
    if (act === 'choice_text')
      await tx.execute('UPDATE choice SET choice_text = ? WHERE id = ?', [after, choice_id])
    if (act === 'choice_retired')
      await tx.execute('UPDATE choice SET delete_flag = 1 WHERE id = ?', [choice_id])
  }
}

/**
 * Stores the new options behind the others, with as many seats as those have that can be chosen,
 * where they are equal. Returns the edits with the ids of the new options.
 */
async function addOptions(
  tx: Transaction,
  question: number,
  stored: readonly StoredChoice[],
  edits: readonly Change[],
  time: string
) {
  const capacities = optionsOf({ choices: stored }).map(({ capacity }) => capacity)
  const [first = null] = capacities
  const seats = capacities.every(capacity => capacity === first) ? first : null
  const done: Edit[] = []
  const sql =
    'INSERT INTO choice (question_id, position, choice_text, starts, ends, capacity, create_time) VALUES ?'
  let position = stored.length
  for (const one of edits) {
    if (one.act !== 'choice_added' && one.act !== 'choice_suggested') {
      done.push(one)
      continue
    }
    const { starts = null, ends = null } = one.date ?? {}
    const row = [question, ++position, one.after, starts, ends, seats, time]
    const { insertId } = await tx.execute(sql, [[row]])
    done.push({ ...one, choice_id: insertId })
  }
  return done
}

/** Puts the options of a poll of dates, the retired ones too, into the order of time. */
async function orderDates(tx: Transaction, question: number, timeZone: string) {
  const sql = 'SELECT id, position, starts, ends FROM choice WHERE question_id = ? ORDER BY position, id'
  const stored = await tx.select<OptionDate & { id: number; position: number }>(sql, [question])
  const moved = sortDates(stored, timeZone).flatMap(({ id, position }, index) =>
    position === index + 1 ? [] : [[id, index + 1] as const]
  )
  if (moved.length === 0) return
  const [position, args] = caseById(moved)
  const ids = moved.map(([id]) => id)
  await tx.execute(`UPDATE choice SET position = ${position} WHERE id IN (?)`, [...args, ids])
}
