/** `/rooms/:room/present`: the poll that a room shows, on a big screen. */
import { RoomPresented, RoomParams } from '../../schemas/rooms.ts'
import { pathOf, View } from '../../view.ts'
import { findOwn } from '../polls/access.ts'
import { questionJson } from '../polls/poll-json.ts'
import { qrCode } from '../polls/qr.ts'
import { pictureOf } from '../polls/screen.ts'
import { ballotIn } from '../voting/voter.ts'
import { placeOf } from './arrange.ts'
import { linkOf, roomJson } from './room-json.ts'

const schema = { params: RoomParams }

const NO_PICTURE = { question: null, result: null, rows: [], more: 0, size: '', correct: null, count: null }

export class RoomPresent extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'Read a room as its big screen shows it',
      scope: 'manage',
      responses: { 200: RoomPresented }
    }
  }

  /** What is hidden on screens is not sent. */
  async get() {
    const { app, request } = this
    const room = await app.rooms.get(request.params.room, request.member.id)
    const question = room.active && (await findOwn(request, room.active.slug))
    const shows = question !== null && app.results.isOnScreen(question)
    if (!this.wantsPage) {
      const ballot = question && (await ballotIn(request, question))
      return { room: roomJson(app, room), question: question && questionJson(question, ballot, shows) }
    }
    const count = question && (room.show_count || shows) ? question.voters : null
    const link = linkOf(app, room)
    return this.render('polls/present', {
      ...(question ? pictureOf(request, question, shows, count) : NO_PICTURE),
      ...placeOf(room),
      room,
      isOwner: true,
      here: pathOf(app, 'RoomPresent', { room: room.id }),
      link,
      host: link && new URL(link).host + app.basePath,
      code: link && qrCode(link),
      remedy: app.linkRemedy(),
      events: room.code === null ? null : `${this.url('RoomEvents', { code: room.code })}?screen=1`
    })
  }
}
