/** Rooms: what holds for all of them. */

/** Polls of a room: its form moves each with a button of its own. */
export const MAX_ROOM_POLLS = 50
