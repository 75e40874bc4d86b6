/** `/join`: the form for a join code. `/:code`: the poll that a room shows now. */
import type { AppError } from '../../app-error.ts'
import { CodeParams, EnteredRoom, JoinBody, JoinedRoom } from '../../schemas/rooms.ts'
import { InvitationRevoked, OnlyInvited, SignInRequired } from '../../errors.ts'
import { toMessage } from '../../i18n/messages.ts'
import { JoinedQuery } from '../../schemas/questions.ts'
import { type FormErrors, View } from '../../view.ts'
import { doneIn } from '../polls/done.ts'
import { showQuestion } from '../polls/question-page.ts'
import type { RoomOfPage } from '../polls/shown-form.ts'
import { ok } from '../responses.ts'
import { enterRoom, joinedJson, type OpenRoom } from './enter.ts'

const joinSchema = { body: JoinBody }

export class Join extends View<typeof joinSchema> {
  static override readonly schema = joinSchema
  static override readonly operations = {
    post: {
      summary: 'Join a room by its code',
      scope: 'read',
      guests: true,
      responses: { 200: EnteredRoom }
    }
  }

  get() {
    return this.form('', null)
  }

  async post() {
    const room = await enterRoom(this.request, this.request.body.code)
    if (this.wantsPage) return this.redirect(this.url('Joined', { code: room.code }))
    return ok(await joinedJson(this.request, this.reply, room))
  }

  invalid(formErrors: FormErrors | null) {
    return this.form(this.typed.code, formErrors)
  }

  private form(code: unknown, formErrors: FormErrors | null) {
    return this.render('rooms/join', { code, formErrors })
  }
}

/** Tells whether a poll is not shown to this viewer, although it is to others in the room. */
const isRefusal = (error: unknown): error is AppError =>
  error instanceof SignInRequired || error instanceof OnlyInvited || error instanceof InvitationRevoked

const schema = { params: CodeParams, querystring: JoinedQuery }

export class Joined extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'Read the poll that a room shows now',
      scope: 'read',
      guests: true,
      responses: { 200: JoinedRoom }
    }
  }

  async get() {
    const room = await enterRoom(this.request, this.request.params.code)
    if (!this.wantsPage) return joinedJson(this.request, this.reply, room)
    const { done, of } = this.request.query
    const { active } = room
    const isElsewhere = of !== undefined && of !== active?.slug
    const elsewhere = isElsewhere ? await doneIn(this.request, of, done) : null
    const shown = { ...room, elsewhere }
    if (!active) return this.waiting(shown)
    try {
      const act = isElsewhere ? undefined : done
      return await showQuestion(this.request, this.reply, active.slug, { room: shown, done: act })
    } catch (error) {
      // While the session store is down, it is unknown who has to sign in.
      if (!isRefusal(error) || this.request.sessionsDown) throw error
      return this.waiting(shown, error)
    }
  }

  /**
   * A room that shows no poll, or none that this viewer may open: its page follows it all the same.
   */
  private waiting(room: OpenRoom & RoomOfPage, refusal: AppError | null = null) {
    return this.render('rooms/waiting', {
      room,
      isForMembers: refusal instanceof SignInRequired,
      refused: refusal && toMessage(refusal, this.request.locale).message
    })
  }

  /** A wrong code: the form for another. */
  invalid(formErrors: FormErrors | null) {
    return this.render('rooms/join', { code: this.request.params.code, formErrors })
  }
}
