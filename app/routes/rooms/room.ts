/**
 * `/rooms/:room`: a room, its polls in order, and its remote control. `/rooms/:room/active`: the
 * poll that it shows.
 */
import { Done } from '../../schemas/answers.ts'
import {
  ActiveBody,
  ActiveForm,
  ChangedRoom,
  Room as RoomJson,
  RoomChange,
  RoomChangeForm,
  RoomPageQuery,
  RoomParams
} from '../../schemas/rooms.ts'
import { type FormErrors, View } from '../../view.ts'
import { findOwn } from '../polls/access.ts'
import { qrCode } from '../polls/qr.ts'
import { ok } from '../responses.ts'
import { arrange, placeOf } from './arrange.ts'
import { linkOf, roomJson } from './room-json.ts'

const schema = { params: RoomParams, querystring: RoomPageQuery, body: RoomChange, form: RoomChangeForm }

export class Room extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read an own room', scope: 'manage', responses: { 200: RoomJson } },
    post: { summary: 'Change, open or close a room', scope: 'manage', responses: { 200: ChangedRoom } },
    delete: { summary: 'Delete a room; its polls stay', scope: 'manage', responses: { 200: Done } }
  }

  async get() {
    const room = await this.find()
    if (!this.wantsPage) return roomJson(this.app, room)
    const { done } = this.request.query
    const isClosed = room.code === null
    const isUndone = { created: isClosed, closed: !isClosed, opened: isClosed, saved: false } // in another tab
    return this.page({ title: room.title }, done && isUndone[done] ? undefined : done)
  }

  async post() {
    const { body } = this.request
    const { act, title, move, add } = body
    const questions = 'questions' in body ? body.questions : undefined // a form has no list
    const room = await this.find()
    if (act === 'delete') {
      const deleted = await this.delete()
      return this.wantsPage ? deleted : ok(roomJson(this.app, room))
    }
    if ([title, questions, move, add].some(sent => sent !== undefined))
      await this.app.rooms.change(room.id, this.owner, title, present =>
        arrange(questions ?? present, { move, add })
      )
    await this.act(act, room.id)
    if (this.wantsPage) return this.showChanged(this.url('Room', { room: room.id }))
    return ok(roomJson(this.app, await this.find()))
  }

  async delete() {
    await this.app.rooms.remove(this.request.params.room, this.owner)
    return this.wantsPage ? this.redirectDone(this.url('Rooms'), 'deleted') : ok()
  }

  invalid(formErrors: FormErrors | null) {
    return this.page(this.typed, undefined, formErrors)
  }

  private async act(act: typeof this.request.body.act, id: number) {
    const { rooms } = this.app
    if (act === 'open') await rooms.open(id, this.owner)
    else if (act === 'close') await rooms.close(id, this.owner)
    else if (act === 'count' || act === 'hide-count') await rooms.showCount(id, this.owner, act === 'count')
  }

  private async page(typed: object, done?: string, formErrors: FormErrors | null = null) {
    const room = await this.find()
    const questions = await this.app.questions.listOwn(this.owner)
    const link = linkOf(this.app, room)
    const question = room.active && (await findOwn(this.request, room.active.slug))
    // The page follows the stream of a screen: it has what that has.
    const showsResult = question !== null && this.app.results.isOnScreen(question)
    return this.render('rooms/room', {
      room,
      typed,
      done,
      formErrors,
      link,
      remedy: this.app.linkRemedy(),
      code: link && qrCode(link),
      others: questions.filter(({ id }) => !room.polls.some(poll => poll.id === id)),
      ...placeOf(room),
      question,
      showsResult,
      correct: question && this.app.results.correctOf(question, showsResult)
    })
  }

  /**
   * Redirects to what gets the focus after a change: the button that was pressed, or the
   * confirmation.
   */
  private showChanged(address: string) {
    const { act, move } = this.request.body
    if (move?.startsWith('out')) return this.redirect(`${address}#questions`)
    if (move !== undefined) return this.redirect(`${address}#${move.replace(':', '-')}`)
    if (act === 'close' || act === 'open')
      return this.redirectDone(address, act === 'close' ? 'closed' : 'opened')
    return act === undefined ? this.redirectDone(address, 'saved') : this.redirect(`${address}#remote`)
  }

  private get owner() {
    return this.request.member.id
  }

  private find() {
    return this.app.rooms.get(this.request.params.room, this.owner)
  }
}

const activeSchema = { params: RoomParams, body: ActiveBody, form: ActiveForm }

export class Active extends View<typeof activeSchema> {
  static override readonly schema = activeSchema
  static override readonly operations = {
    post: { summary: 'Show a poll of a room', scope: 'manage', responses: { 200: ChangedRoom } }
  }

  async post() {
    const { room } = this.request.params
    const { id: owner } = this.request.member
    const { question, back } = this.request.body
    const { rooms } = this.app
    if (this.wantsPage && !back) return this.press(room, owner, question)
    await rooms.activate(room, owner, question)
    if (this.wantsPage) return this.redirect(this.url('RoomPresent', { room }))
    return ok(roomJson(this.app, await rooms.get(room, owner)))
  }

  /** From the remote control: leads back to the button that was pressed. */
  private async press(room: number, owner: number, question: number) {
    const { previous } = placeOf(await this.app.rooms.get(room, owner))
    await this.app.rooms.activate(room, owner, question)
    const pressed = previous?.id === question ? 'previous' : 'next'
    return this.redirect(`${this.url('Room', { room })}#${pressed}`)
  }
}
