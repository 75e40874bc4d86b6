/** app.live: the event streams of polls and rooms, and their limits. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import type { EventStream } from '../live/event-stream.ts'
import { LiveHub } from '../live/hub.ts'
import { OpenStreams } from '../live/open-streams.ts'
import type { PollView } from '../live/poll-channel.ts'
import { RoomFollower, type RoomView } from '../live/room-follower.ts'
import { RoomHub } from '../live/room-hub.ts'
import type { Question } from '../models/polls/question-row.ts'

declare module 'fastify' {
  interface FastifyInstance {
    live: {
      /**
       * True while no messages of other replicas arrive. The next periodic read finds their
       * changes.
       */
      delayed: boolean
      /** Number of open streams. */
      readonly open: number
      /**
       * Answers with a stream whose first event is this question, which was just read. Throws
       * LiveFull.
       */
      stream(request: FastifyRequest, reply: FastifyReply, question: Question, view: PollView): void
      /** Answers with a stream of whatever poll the room shows. Throws LiveFull. */
      followRoom(request: FastifyRequest, reply: FastifyReply, roomId: number, view: RoomView): void
    }
  }
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'x-accel-buffering': 'no',
  connection: 'close' // otherwise the idle connection would delay a shutdown
}

/** Answers a request with a stream that `join` connects. Throws LiveFull. */
function answer(
  streams: OpenStreams,
  { ip, raw: { socket } }: FastifyRequest,
  reply: FastifyReply,
  join: (stream: EventStream) => () => void
) {
  streams.check(ip)
  const { raw } = reply.headers(headers).hijack()
  // A client that has sent its end reads no stream: it disconnected, perhaps while the poll was
  // read.
  if (socket.readableEnded) raw.destroy()
  if (raw.destroyed) return
  socket.once('end', () => raw.destroy())
  raw.writeHead(200, reply.getHeaders() as Record<string, string>)
  streams.add(raw, ip, join)
}

export const live = fp<Config['live']>(
  async (app, settings) => {
    const { heartbeat, reread, recheck } = settings
    const hub = new LiveHub({
      read: slug => app.questions.read(slug),
      onError: err => app.log.warn({ err }, 'could not read a watched poll')
    })
    const rooms = new RoomHub({
      read: id => app.rooms.byId(id),
      onError: err => app.log.warn({ err }, 'could not read a followed room')
    })
    const streams = new OpenStreams(settings)
    const refreshAll = () => {
      hub.refreshAll()
      rooms.refreshAll()
    }
    app.changeEvents.on('tally', id => hub.refresh(id))
    app.changeEvents.on('edit', id => hub.refresh(id))
    app.changeEvents.on('room', id => rooms.refresh(id))
    app.changeEvents.on('missed', refreshAll)

    app.decorate('live', {
      delayed: false,
      get open() {
        return streams.size
      },
      stream(request, reply, question, view) {
        answer(streams, request, reply, stream => hub.join(question, { view, stream }))
      },
      followRoom(request, reply, roomId, view) {
        answer(streams, request, reply, stream => {
          const follower = new RoomFollower(stream, hub, view)
          const leaveRoom = rooms.join(roomId, follower)
          return () => {
            leaveRoom()
            follower.leave()
          }
        })
      }
    })

    async function rereadAll() {
      app.live.delayed = !(await app.changeEvents.isConnected())
      refreshAll()
    }
    const timers = [
      setInterval(() => streams.heartbeat(), heartbeat),
      setInterval(() => void rereadAll(), reread),
      setInterval(() => void hub.recheck(), recheck)
    ]
    app.addHook('preClose', async () => {
      for (const timer of timers) clearInterval(timer)
      streams.drain()
    })
  },
  { name: 'live', fastify: '5.x', dependencies: ['models', 'change-events'] }
)
