/** A room as the database has it, and the objects that are made of its rows. */

/** A poll of a room. */
interface RoomPoll {
  id: number
  slug: string
  question_text: string
  /** On the database's clock, when the row was read. */
  open: boolean
  voters: number
}

/** What followers of a room need to know. */
export interface RoomState {
  id: number
  user_id: number
  title: string
  /** Six digits, by which guests join; null: the room is closed. */
  code: string | null
  /** The poll that is shown now; null: none yet. */
  active: { id: number; slug: string } | null
  /** Whether the screen shows the number of votes of a hidden result. */
  show_count: boolean
  create_time: string
}

export interface Room extends RoomState {
  /** In the order in which they are shown. */
  polls: RoomPoll[]
}

export interface StateRow extends Omit<RoomState, 'active' | 'show_count'> {
  active_id: number | null
  active_slug: string | null
  show_count: number
}

export interface PollRow extends Omit<RoomPoll, 'open'> {
  room_id: number
  open: number
}

/** The columns of a room, and where they come from. A deleted poll is not shown. */
export const SELECT_ROOM = `SELECT r.id, r.user_id, r.title, r.code, q.id AS active_id, q.slug AS active_slug,
  r.show_count, r.create_time FROM room r LEFT JOIN question q ON q.id = r.active_id AND q.delete_flag = 0`

/** Makes the state of a room from its row. */
export const toState = ({ active_id, active_slug, show_count, ...row }: StateRow): RoomState => ({
  ...row,
  active: active_id === null || active_slug === null ? null : { id: active_id, slug: active_slug },
  show_count: show_count === 1
})

/** Makes rooms from their rows and the rows of all their polls, which are in order. */
export const toRooms = (rows: readonly StateRow[], polls: readonly PollRow[]): Room[] =>
  rows.map(row => ({
    ...toState(row),
    polls: polls
      .filter(({ room_id }) => room_id === row.id)
      .map(({ room_id: _room, open, ...poll }) => ({ ...poll, open: open === 1 }))
  }))
