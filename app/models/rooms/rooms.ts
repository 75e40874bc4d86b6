/** Rooms: creating, changing, opening and closing them, and finding them by their join code. */
import { randomInt } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { thenPublish } from '../../db/then-publish.ts'
import { DuplicateKey } from '../../db/errors.ts'
import { InvalidInput, RoomNotFound, TooManyRooms } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { lockAccount } from '../accounts/lock.ts'
import { findRepeated, insertPolls, pollIdsOf, pollsOf, replacePolls, requireOwn } from './room-polls.ts'
import { deleteRoom } from './room-removal.ts'
import { type Room, type RoomState, SELECT_ROOM, type StateRow, toRooms, toState } from './room-row.ts'

/** More than one person uses. Bounds a page and a table. */
const MAX_ROOMS = 100
/**
 * A new code is taken with a probability of (open rooms / 900,000); so many in a row mean another
 * error.
 */
const MAX_CODE_ATTEMPTS = 20

/** Draws six digits. The first is no zero, which people leave out. */
const newCode = () => String(randomInt(100_000, 1_000_000))

/** Runs `work` with new codes until the key of the table accepts one. Throws what `work` throws. */
async function withCode<T>(work: (code: string) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(newCode())
    } catch (error) {
      if (!(error instanceof DuplicateKey) || attempt === MAX_CODE_ATTEMPTS) throw error
    }
  }
}

export class Rooms {
  readonly #db: Database
  readonly #onChange: (room: number) => void
  readonly #byCode
  readonly #byId

  /** `onChange` is called with each room that has changed, after COMMIT. */
  constructor(db: Database, onChange: (room: number) => void) {
    this.#db = db
    this.#onChange = onChange
    const load = async (column: 'code' | 'id', keys: Array<string | number>) => {
      const rows = await db.select<StateRow>(`${SELECT_ROOM} WHERE r.${column} IN (?)`, [keys])
      return new Map<unknown, RoomState>(rows.map(row => [row[column], toState(row)]))
    }
    this.#byCode = createBatchLoader((codes: string[]) => load('code', codes))
    this.#byId = createBatchLoader((ids: number[]) => load('id', ids))
  }

  /**
   * Creates an open room, which shows its first poll, and returns its id; a repeat returns the
   * same. Throws InvalidInput, TooManyRooms, SignInRequired.
   */
  async create(owner: number, title: string, questions: readonly number[]): Promise<number> {
    return withCode(code =>
      this.#db.transaction(async tx => {
        await requireOwn(tx, owner, questions) // before the account, as in all writers
        const { now } = await lockAccount(tx, owner)
        const repeated = await findRepeated(tx, { owner, title, questions, now })
        if (repeated) return repeated
        const rows = await tx.select('SELECT id FROM room WHERE user_id = ?', [owner])
        if (rows.length >= MAX_ROOMS) throw new TooManyRooms()
        const sql = 'INSERT INTO room (user_id, title, code, active_id) VALUES (?, ?, ?, ?)'
        const { insertId } = await tx.execute(sql, [owner, title, code, questions[0] ?? null])
        await insertPolls(tx, insertId, questions)
        return insertId
      })
    )
  }

  /** Lists the rooms of an account, the newest first. */
  async list(owner: number): Promise<Room[]> {
    const sql = `${SELECT_ROOM} WHERE r.user_id = ? ORDER BY r.id DESC`
    const rows = await this.#db.select<StateRow>(sql, [owner])
    return toRooms(rows, await this.#pollsOf(rows))
  }

  /** Reads a room. Throws RoomNotFound, also for a room of another account. */
  async get(id: number, owner: number): Promise<Room> {
    const sql = `${SELECT_ROOM} WHERE r.id = ? AND r.user_id = ?`
    const rows = await this.#db.select<StateRow>(sql, [id, owner])
    const [room] = toRooms(rows, await this.#pollsOf(rows))
    if (!room) throw new RoomNotFound()
    return room
  }

  /** Reads the open room of this code. */
  byCode(code: string): Promise<RoomState | undefined> {
    return this.#byCode(code)
  }

  /** Reads a room for its followers. */
  byId(id: number): Promise<RoomState | undefined> {
    return this.#byId(id)
  }

  /**
   * Stores a title, where one is given, and the polls that `arrange` makes of those that the room
   * has. Throws RoomNotFound, InvalidInput.
   */
  async change(
    id: number,
    owner: number,
    title: string | undefined,
    arrange: (present: readonly number[]) => readonly number[]
  ): Promise<void> {
    for (;;) {
      // Before the room's row is locked, because the rows of the polls are locked first.
      const present = await pollIdsOf(this.#db, id)
      const questions = arrange(present)
      const locked = [...new Set([...present, ...questions])]
      const isStored = await this.#changeLocked(id, owner, locked, async tx => {
        // Another form was faster: once more with its list.
        if (!isDeepStrictEqual(await pollIdsOf(tx, id), present)) return false
        if (title !== undefined) await tx.execute('UPDATE room SET title = ? WHERE id = ?', [title, id])
        if (isDeepStrictEqual(questions, present)) return true
        await requireOwn(tx, owner, questions)
        await replacePolls(tx, id, questions)
        return true
      })
      if (isStored) return
    }
  }

  /**
   * Shows this poll of the room. Throws RoomNotFound; InvalidInput for a poll that is not in it.
   */
  async activate(id: number, owner: number, question: number): Promise<void> {
    await this.#changeLocked(id, owner, [question], async tx => {
      const sql = 'SELECT question_id FROM room_question WHERE room_id = ? AND question_id = ?'
      if (!(await tx.fetchone(sql, [id, question])))
        throw new InvalidInput({ question: messageKey('pollOfRoom') })
      await tx.execute('UPDATE room SET active_id = ? WHERE id = ?', [question, id])
    })
  }

  /**
   * Shows the number of votes of hidden results on the screen, or hides it. Throws RoomNotFound.
   */
  async showCount(id: number, owner: number, shows: boolean): Promise<void> {
    await this.#changeLocked(id, owner, [], tx =>
      tx.execute('UPDATE room SET show_count = ? WHERE id = ?', [Number(shows), id])
    )
  }

  /** Opens a closed room under a new code; an open room keeps its code. Throws RoomNotFound. */
  async open(id: number, owner: number): Promise<void> {
    await withCode(code =>
      this.#changeLocked(id, owner, [], tx =>
        tx.execute('UPDATE room SET code = COALESCE(code, ?) WHERE id = ?', [code, id])
      )
    )
  }

  /** Closes a room: its code is free again. Throws RoomNotFound. */
  async close(id: number, owner: number): Promise<void> {
    await this.#changeLocked(id, owner, [], tx =>
      tx.execute('UPDATE room SET code = NULL WHERE id = ?', [id])
    )
  }

  /** Deletes a room; its polls stay. Throws RoomNotFound. */
  async remove(id: number, owner: number): Promise<void> {
    await this.#changeLocked(id, owner, [], tx => deleteRoom(tx, id))
  }

  /**
   * Runs `work` while the rows of these polls, then of the room, are locked, and reports the change
   * unless it returns false. Returns what it returns. Throws RoomNotFound.
   */
  #changeLocked<T>(
    id: number,
    owner: number,
    questions: readonly number[],
    work: (tx: Transaction) => Promise<T>
  ): Promise<T> {
    const { forUpdate } = this.#db.dialect
    const change = this.#db.transaction(async tx => {
      // The order of a poll's deletion, which removes the poll from its rooms: no deadlock.
      if (questions.length > 0)
        await tx.select(`SELECT id FROM question WHERE id IN (?) ORDER BY id ${forUpdate}`, [questions])
      const sql = `SELECT id FROM room WHERE id = ? AND user_id = ? ${forUpdate}`
      if (!(await tx.fetchone(sql, [id, owner]))) throw new RoomNotFound()
      return work(tx)
    })
    return thenPublish(change, () => this.#onChange(id))
  }

  #pollsOf(rooms: readonly StateRow[]) {
    return pollsOf(
      this.#db,
      rooms.map(({ id }) => id)
    )
  }
}
