/** Rooms: creating, changing, opening and closing them, and finding them by their join code. */
import { randomInt } from 'node:crypto'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database, Queries } from '../../db/database.ts'
import { DuplicateKey } from '../../db/errors.ts'
import { InvalidInput, RoomNotFound } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { MAX_ROOM_POLLS } from '../../values/room.ts'
import { isOpen } from '../polls/question-row.ts'
import { deleteRoom } from './room-removal.ts'
import {
  type PollRow,
  type Room,
  type RoomState,
  SELECT_ROOM,
  type StateRow,
  toRooms,
  toState
} from './room-row.ts'

/** Newest rooms in a list. */
const MAX_LISTED = 100
/** A new code is taken with a probability of (open rooms / 900,000); so many in a row mean another error. */
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
      const rows = await db.select<StateRow>(`${SELECT_ROOM} WHERE r.${column} IN (?)`, [[...new Set(keys)]])
      return new Map<unknown, RoomState>(rows.map(row => [row[column], toState(row)]))
    }
    this.#byCode = createBatchLoader(
      (code: string) => code,
      codes => load('code', codes)
    )
    this.#byId = createBatchLoader(
      (id: number) => id,
      ids => load('id', ids)
    )
  }

  /** Creates an open room, which shows its first poll, and returns its id. Throws InvalidInput. */
  async create(owner: number, title: string, questions: readonly number[]): Promise<number> {
    return withCode(code =>
      this.#db.transaction(async tx => {
        await this.#requireOwn(tx, owner, questions)
        const sql = 'INSERT INTO room (user_id, title, code, active_id) VALUES (?, ?, ?, ?)'
        const { insertId } = await tx.execute(sql, [owner, title, code, questions[0] ?? null])
        await this.#setPolls(tx, insertId, questions)
        return insertId
      })
    )
  }

  /** Lists the rooms of an account, the newest first. */
  async list(owner: number): Promise<Room[]> {
    const sql = `${SELECT_ROOM} WHERE r.user_id = ? ORDER BY r.id DESC`
    const rows = await this.#db.select<StateRow>(sql, [owner], MAX_LISTED)
    return toRooms(rows, await this.#pollsOf(rows.map(({ id }) => id)))
  }

  /** Throws RoomNotFound, also for a room of another account. */
  async find(id: number, owner: number): Promise<Room> {
    const rows = await this.#db.select<StateRow>(`${SELECT_ROOM} WHERE r.id = ? AND r.user_id = ?`, [
      id,
      owner
    ])
    const [room] = toRooms(rows, await this.#pollsOf(rows.map(row => row.id)))
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

  /** Stores a title and the polls in order. Throws RoomNotFound, InvalidInput. */
  async change(id: number, owner: number, title: string, questions: readonly number[]): Promise<void> {
    await this.#changeLocked(id, owner, questions, async (tx, { active_id }) => {
      await this.#requireOwn(tx, owner, questions)
      const active = active_id !== null && questions.includes(active_id) ? active_id : null
      await tx.execute('UPDATE room SET title = ?, active_id = ? WHERE id = ?', [title, active, id])
      await tx.execute('DELETE FROM room_question WHERE room_id = ?', [id])
      await this.#setPolls(tx, id, questions)
    })
  }

  /** Shows this poll of the room. Throws RoomNotFound; InvalidInput for a poll that is not in it. */
  async activate(id: number, owner: number, question: number): Promise<void> {
    await this.#changeLocked(id, owner, [question], async tx => {
      const sql = 'SELECT question_id FROM room_question WHERE room_id = ? AND question_id = ?'
      if (!(await tx.fetchone(sql, [id, question])))
        throw new InvalidInput({ question: messageKey('pollOfRoom') })
      await tx.execute('UPDATE room SET active_id = ? WHERE id = ?', [question, id])
    })
  }

  /** Shows the number of votes of hidden results on the screen, or hides it. Throws RoomNotFound. */
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

  /** Runs `work` while the rows of these polls, then of the room, are locked. Throws RoomNotFound. */
  async #changeLocked(
    id: number,
    owner: number,
    questions: readonly number[],
    work: (tx: Queries, row: { active_id: number | null }) => Promise<unknown>
  ) {
    const { forUpdate } = this.#db.dialect
    await this.#db.transaction(async tx => {
      // The order of a poll's deletion, which removes the poll from its rooms: no deadlock.
      if (questions.length > 0)
        await tx.select(`SELECT id FROM question WHERE id IN (?) ORDER BY id ${forUpdate}`, [questions])
      const sql = `SELECT active_id FROM room WHERE id = ? AND user_id = ? ${forUpdate}`
      const row = await tx.fetchone<{ active_id: number | null }>(sql, [id, owner])
      if (!row) throw new RoomNotFound()
      await work(tx, row)
    })
    this.#onChange(id)
  }

  /** Locks these polls. Throws InvalidInput unless they are 1 to MAX_ROOM_POLLS polls of this account. */
  async #requireOwn(tx: Queries, owner: number, questions: readonly number[]) {
    if (questions.length === 0) throw new InvalidInput({ questions: messageKey('pollsOfRoom') })
    if (questions.length > MAX_ROOM_POLLS)
      throw new InvalidInput({ questions: messageKey('tooManyPolls', MAX_ROOM_POLLS) })
    const sql = `SELECT id FROM question WHERE id IN (?) AND user_id = ? AND delete_flag = 0
      ORDER BY id ${this.#db.dialect.forUpdate}`
    const found = await tx.select(sql, [questions, owner])
    if (found.length !== questions.length) throw new InvalidInput({ questions: messageKey('ownPolls') })
  }

  async #setPolls(tx: Queries, room: number, questions: readonly number[]) {
    const rows = questions.map((question, n) => [room, question, n + 1])
    await tx.execute('INSERT INTO room_question (room_id, question_id, position) VALUES ?', [rows])
  }

  async #pollsOf(rooms: readonly number[]): Promise<PollRow[]> {
    if (rooms.length === 0) return []
    return this.#db.select<PollRow>(
      `SELECT rq.room_id, q.id, q.slug, q.question_text, q.voters, ${isOpen(this.#db.dialect.now)} AS open
       FROM room_question rq JOIN question q ON q.id = rq.question_id
       WHERE rq.room_id IN (?) AND q.delete_flag = 0 ORDER BY rq.room_id, rq.position`,
      [rooms]
    )
  }
}
