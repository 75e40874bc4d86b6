/** `/rooms`: the rooms of an account; POST creates one. */
import { ChangedRoom, RoomBody, RoomForm, RoomList, RoomsQuery } from '../../schemas/rooms.ts'
import { listOf } from '../../values/list.ts'
import { type FormErrors, View } from '../../view.ts'
import type { ListPage } from '../list-page.ts'
import { ok } from '../responses.ts'
import { linkOf, roomJson } from './room-json.ts'

const schema = { querystring: RoomsQuery, body: RoomBody, form: RoomForm }

export class Rooms extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'List the own rooms', scope: 'manage', responses: { 200: RoomList } },
    post: { summary: 'Create a room, open', scope: 'manage', responses: { 201: ChangedRoom } }
  }

  async get() {
    if (this.wantsPage) return this.page(this.request.query)
    const rooms = await this.app.rooms.list(this.request.member.id)
    return { rooms: rooms.map(room => roomJson(this.app, room)) }
  }

  async post() {
    const { id: owner } = this.request.member
    const { title, questions } = this.request.body
    await this.app.limits.creation(owner)
    const id = await this.app.rooms.create(owner, title, questions)
    if (this.wantsPage) return this.redirectDone(this.url('Room', { room: id }), 'created')
    this.reply.code(201).header('location', this.url('Room', { room: id }))
    return ok(roomJson(this.app, await this.app.rooms.get(id, owner)))
  }

  async invalid(formErrors: FormErrors | null) {
    const { title, questions } = this.typed
    return this.page({ typed: { title, questions: listOf(questions).map(Number) }, formErrors })
  }

  private async page({
    typed = { title: '', questions: [] },
    formErrors = null,
    done = null
  }: ListPage<never>) {
    const { id } = this.request.member
    const rooms = await this.app.rooms.list(id)
    const shown = rooms.map(room => ({ ...room, link: linkOf(this.app, room) }))
    const polls = (await this.app.questions.listOwn(id)).toReversed()
    return this.render('rooms/rooms', { rooms: shown, polls, typed, formErrors, done })
  }
}
