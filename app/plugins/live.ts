/** app.live: the event streams of polls, and their limits. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { LiveFull } from '../errors.ts'
import { EventStream } from '../live/event-stream.ts'
import { LiveHub } from '../live/hub.ts'
import { NetworkCounts } from '../live/network-counts.ts'
import type { Viewer } from '../live/poll-channel.ts'
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
      stream(request: FastifyRequest, reply: FastifyReply, question: Question, viewer: Viewer): void
    }
  }
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'x-accel-buffering': 'no',
  connection: 'close' // otherwise the idle connection would delay a shutdown
}

/** The browser's delay before it reconnects: random, so that clients do not reconnect at once. */
const retryField = () => `retry: ${1_000 + Math.floor(Math.random() * 4_000)}\n`
/** An event, not a comment: a page cannot see comments. `intervalMs`: the time until the next one. */
const heartbeatFrame = (intervalMs: number) => `event: heartbeat\ndata: ${intervalMs}\n\n`

export const live = fp<Config['live']>(
  async (app, { streams: maxStreams, streamsPerAddress, heartbeat, reread, recheck }) => {
    const hub = new LiveHub({
      read: slug => app.questions.read(slug),
      onError: err => app.log.warn({ err }, 'could not read a watched poll')
    })
    const streams = new Set<EventStream>()
    const networks = new NetworkCounts()
    let isDraining = false
    app.questionEvents.subscribe(id => hub.refresh(id))

    function stream({ ip }: FastifyRequest, reply: FastifyReply, question: Question, viewer: Viewer) {
      if (isDraining || streams.size >= maxStreams || networks.get(ip) >= streamsPerAddress)
        throw new LiveFull()
      const { raw } = reply.headers(headers).hijack()
      if (raw.destroyed) return // the client disconnected while the poll was read
      const stream = new EventStream(raw)
      streams.add(stream)
      const removeFromNetwork = networks.add(ip)
      raw.writeHead(200, reply.getHeaders() as Record<string, string>)
      stream.send(retryField() + heartbeatFrame(heartbeat))
      const leave = hub.join(question, { viewer, stream })
      raw.on('error', () => {}) // 'close' follows
      raw.once('close', () => {
        leave()
        streams.delete(stream)
        removeFromNetwork()
      })
    }
    app.decorate('live', {
      delayed: false,
      stream,
      get open() {
        return streams.size
      }
    })

    async function rereadAll() {
      app.live.delayed = !(await app.questionEvents.isConnected())
      hub.refresh()
    }
    const timers = [
      setInterval(() => {
        for (const stream of streams) stream.heartbeat(heartbeatFrame(heartbeat))
      }, heartbeat),
      setInterval(() => void rereadAll(), reread),
      setInterval(() => void hub.recheck(), recheck)
    ]
    app.addHook('preClose', async () => {
      isDraining = true
      for (const timer of timers) clearInterval(timer)
      for (const stream of streams) stream.end()
    })
  },
  { name: 'live', fastify: '5.x', dependencies: ['models', 'question-events'] }
)
