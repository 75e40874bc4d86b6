/**
 * `/join/:code/events`: the poll that a room shows and its result as they change, as server-sent
 * events.
 */
import { unlessRefused } from '../../app-error.ts'
import type { RoomState } from '../../models/rooms/room-row.ts'
import { EventsQuery } from '../../schemas/questions.ts'
import { CodeParams, JoinedRoom } from '../../schemas/rooms.ts'
import { View } from '../../view.ts'
import { EVENT_STREAM, eventOf, pollView, streamFormat } from '../results/watching.ts'
import { enterRoom, joinedJson } from './enter.ts'

const schema = { params: CodeParams, querystring: EventsQuery }

export class RoomEvents extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly hasPage = false
  static override readonly operations = {
    get: {
      summary: 'Follow a room as server-sent events',
      scope: 'read',
      guests: true,
      responses: { 200: JoinedRoom },
      otherTypes: ['text/event-stream']
    }
  }

  /** Answers with the stream, or with the present state if the client prefers JSON or a page. */
  async get() {
    const { request, reply } = this
    const room = await enterRoom(request, request.params.code)
    const wanted = streamFormat(request)
    if (wanted === 'json') return joinedJson(request, reply, room)
    if (wanted === 'html') return this.redirect(this.url('Joined', { code: room.code }))
    if (request.method === 'HEAD') return reply.type(EVENT_STREAM).send()
    if (request.query.once) {
      const watched = await this.watch(room)
      return reply
        .type(EVENT_STREAM)
        .send(watched?.view.eventOf(watched.question) ?? this.eventWithoutPoll(room))
    }
    this.app.live.followRoom(request, reply, room.id, {
      watch: state => this.watch(state),
      eventWithoutPoll: state => this.eventWithoutPoll(state)
    })
    return reply
  }

  private async watch(room: RoomState) {
    const { request } = this
    if (!room.active) return null
    await this.app.refreshIdentity(request)
    return unlessRefused(this.view(room.active.slug, room.show_count), null)
  }

  /** Reads the poll of the room. Throws as `questions.get`. */
  private async view(slug: string, showsCount: boolean | null) {
    const { request } = this
    const question = await this.app.questions.getFresh(slug, request.viewer)
    const screen = request.query.screen === undefined ? null : { showsCount, isOpenedByOwner: true }
    return { question, view: await pollView(request, question, screen) }
  }

  /** The event of a room whose poll this client is not shown: its page finds out why. */
  private eventWithoutPoll(room: RoomState | undefined) {
    const { query, viewer } = this.request
    return eventOf(null, {
      question_id: room?.active?.id ?? null,
      tally_version: null,
      revision: null,
      open: false,
      close_time: null,
      correct: null,
      voters: null,
      choices: [],
      sentence: null,
      delayed: this.app.live.delayed,
      ...(query.screen !== undefined && { count: null, signed_out: viewer.userId !== room?.user_id }),
      ...(!room?.code && { ended: true })
    })
  }
}
