/** What is deleted with an account or a poll: its rooms, and its place in rooms. */
import type { Transaction } from '../../db/database.ts'

/** Deletes a room, whose row is locked. */
export async function deleteRoom(tx: Transaction, id: number): Promise<void> {
  await tx.execute('DELETE FROM room_question WHERE room_id = ?', [id])
  await tx.execute('DELETE FROM room WHERE id = ?', [id])
}

/** Deletes all rooms of an account. */
export async function removeRoomsOf(tx: Transaction, owner: number): Promise<void> {
  for (const { id } of await tx.select<{ id: number }>('SELECT id FROM room WHERE user_id = ?', [owner]))
    await deleteRoom(tx, id)
}

/** Takes a deleted poll, whose row is locked, out of all rooms. */
export async function removeFromRooms(tx: Transaction, question: number): Promise<void> {
  await tx.execute('UPDATE room SET active_id = NULL WHERE active_id = ?', [question])
  await tx.execute('DELETE FROM room_question WHERE question_id = ?', [question])
}
