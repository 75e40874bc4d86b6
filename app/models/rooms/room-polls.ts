/** The polls of a room: reading them, and replacing them while the room's row is locked. */
import { isDeepStrictEqual } from 'node:util'
import type { Queries, Transaction } from '../../db/database.ts'
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { MAX_ROOM_POLLS } from '../../values/room.ts'
import { isOpen } from '../polls/question-row.ts'
import { repeatedSince } from '../repeat.ts'
import type { PollRow } from './room-row.ts'

/**
 * Locks these polls. Throws InvalidInput unless they are 1 to MAX_ROOM_POLLS polls of this account.
 */
export async function requireOwn(
  tx: Transaction,
  owner: number,
  questions: readonly number[]
): Promise<void> {
  if (questions.length === 0) throw new InvalidInput({ questions: messageKey('pollsOfRoom') })
  if (questions.length > MAX_ROOM_POLLS)
    throw new InvalidInput({ questions: messageKey('tooManyPolls', MAX_ROOM_POLLS) })
  const sql = `SELECT id FROM question WHERE id IN (?) AND user_id = ? AND delete_flag = 0 ORDER BY id ${tx.dialect.forUpdate}`
  const found = await tx.select(sql, [questions, owner])
  if (found.length !== questions.length) throw new InvalidInput({ questions: messageKey('ownPolls') })
}

/** Gives a room without polls these, in order. */
export async function insertPolls(
  tx: Transaction,
  room: number,
  questions: readonly number[]
): Promise<void> {
  const rows = questions.map((question, n) => [room, question, n + 1])
  await tx.execute('INSERT INTO room_question (room_id, question_id, position) VALUES ?', [rows])
}

/**
 * Gives a room these polls in the place of its own. It shows none where its active poll is not
 * among them.
 */
export async function replacePolls(
  tx: Transaction,
  room: number,
  questions: readonly number[]
): Promise<void> {
  const sql = 'UPDATE room SET active_id = NULL WHERE id = ? AND active_id NOT IN (?)'
  await tx.execute(sql, [room, questions])
  await tx.execute('DELETE FROM room_question WHERE room_id = ?', [room])
  await insertPolls(tx, room, questions)
}

/** Reads the ids of a room's polls, in order. */
export async function pollIdsOf(queries: Queries, room: number): Promise<number[]> {
  const rows = await queries.select<{ id: number }>(
    `SELECT q.id FROM room_question rq JOIN question q ON q.id = rq.question_id
     WHERE rq.room_id = ? AND q.delete_flag = 0 ORDER BY rq.position`,
    [room]
  )
  return rows.map(({ id }) => id)
}

/** Reads the polls of these rooms, in order. */
export async function pollsOf(queries: Queries, rooms: readonly number[]): Promise<PollRow[]> {
  if (rooms.length === 0) return []
  return queries.select<PollRow>(
    `SELECT rq.room_id, q.id, q.slug, q.question_text, q.voters, ${isOpen(queries.dialect.clock)} AS open
     FROM room_question rq JOIN question q ON q.id = rq.question_id
     WHERE rq.room_id IN (?) AND q.delete_flag = 0 ORDER BY rq.room_id, rq.position`,
    [rooms]
  )
}

/** What creates a room. `now`: on the database's clock. */
interface Wanted {
  owner: number
  title: string
  questions: readonly number[]
  now: string
}

/** Finds the open room that the same request has just created. The owner's row is locked. */
export async function findRepeated(tx: Transaction, wanted: Wanted): Promise<number | undefined> {
  const { owner, title, questions, now } = wanted
  const sql = 'SELECT id, title FROM room WHERE user_id = ? AND code IS NOT NULL AND create_time > ?'
  for (const room of await tx.select<{ id: number; title: string }>(sql, [owner, repeatedSince(now)]))
    if (room.title === title && isDeepStrictEqual(await pollIdsOf(tx, room.id), questions)) return room.id
  return undefined
}
