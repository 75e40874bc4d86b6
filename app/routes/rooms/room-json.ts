/** Rooms as JSON for their organisers, and their addresses for voters. */
import type { FastifyInstance } from 'fastify'
import type { Room, RoomState } from '../../models/rooms/room-row.ts'
import { addressOf } from '../../view.ts'

/** Returns the address that leads into an open room; null for a closed one. */
export const linkOf = (app: FastifyInstance, { code }: RoomState) =>
  code === null ? null : app.link(addressOf(app, 'Joined', { code }))

/** Makes the JSON of a room. */
export const roomJson = (app: FastifyInstance, room: Room) => ({
  id: room.id,
  title: room.title,
  code: room.code,
  open: room.code !== null,
  link: linkOf(app, room),
  active: room.active?.id ?? null,
  show_count: room.show_count,
  questions: room.polls,
  create_time: room.create_time
})
