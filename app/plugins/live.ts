/** app.live: event streams of polls, how many there may be, and what becomes of those who do not read. */
import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { LiveFull } from '../errors.ts'
import { createLive, type Watcher } from '../live/hub.ts'
import type { Question } from '../models/polls/questions.ts'

declare module 'fastify' {
  interface FastifyInstance {
    live: {
      /** Other processes are not heard at the moment: what changes there is seen later. */
      delayed: boolean
      /** Answers with a stream that begins with this question, which was just read. Throws LiveFull. */
      stream(
        request: FastifyRequest,
        reply: FastifyReply,
        question: Question,
        watcher: Pick<Watcher, 'frame' | 'recheck'>
      ): void
    }
  }
}

/** Milliseconds after which somebody who reads nothing is given up. */
const stalled = 30_000

/** Writes to one client. Whoever reads slowly gets the newest frame only, so that none of them costs much memory. */
export function createSender(raw: ServerResponse, patience = stalled) {
  let waiting: string | undefined
  let blockedSince: number | undefined
  function send(frame: string) {
    if (raw.destroyed || raw.writableEnded) return
    if (blockedSince !== undefined) waiting = frame
    else if (!raw.write(frame)) blockedSince = performance.now()
  }
  raw.on('drain', () => {
    blockedSince = undefined
    const next = waiting
    waiting = undefined
    if (next !== undefined) send(next)
  })
  return {
    send,
    /** A comment, so that nobody takes the silence for the end. */
    beat() {
      if (blockedSince === undefined) send(':\n\n')
      else if (performance.now() - blockedSince > patience) raw.destroy()
    },
    end() {
      if (blockedSince === undefined) raw.end()
      else raw.destroy()
    }
  }
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'x-accel-buffering': 'no',
  connection: 'close' // its end is the connection's: nothing waits for another request when the server leaves
}

/** Who is sent away comes back after 1 to 5 seconds, and not all at once. */
const retry = () => `retry: ${1_000 + Math.floor(Math.random() * 4_000)}\n\n`

export const live = fp<Config['live']>(
  async (app, { streams, streamsPerAddress, heartbeat, reread, recheck }) => {
    const rooms = createLive(
      slug => app.questions.watch(slug),
      err => app.log.warn({ err }, 'a poll could not be read for those who watch it')
    )
    const senders = new Set<ReturnType<typeof createSender>>()
    const addresses = new Map<string, number>()
    let isLeaving = false
    app.changes.subscribe(id => rooms.changed(id))

    function stream(
      { ip }: FastifyRequest,
      reply: FastifyReply,
      question: Question,
      watcher: Pick<Watcher, 'frame' | 'recheck'>
    ) {
      const already = addresses.get(ip) ?? 0
      if (isLeaving || senders.size >= streams || already >= streamsPerAddress) throw new LiveFull()
      const { raw } = reply.headers(headers).hijack()
      if (raw.destroyed) return // gone while the poll was read
      const sender = createSender(raw)
      senders.add(sender)
      addresses.set(ip, already + 1)
      raw.writeHead(200, reply.getHeaders() as Record<string, string>)
      sender.send(retry())
      const leave = rooms.join(question, { ...watcher, ...sender })
      raw.on('error', () => {}) // 'close' follows
      raw.once('close', () => {
        leave()
        senders.delete(sender)
        const left = addresses.get(ip)! - 1
        if (left > 0) addresses.set(ip, left)
        else addresses.delete(ip)
      })
    }
    app.decorate('live', { delayed: false, stream })

    async function look() {
      app.live.delayed = !(await app.changes.hears())
      rooms.changed()
    }
    const timers = [
      setInterval(() => {
        for (const sender of senders) sender.beat()
      }, heartbeat),
      setInterval(() => void look(), reread),
      setInterval(() => void rooms.recheck(), recheck)
    ]
    app.addHook('preClose', async () => {
      isLeaving = true
      for (const timer of timers) clearInterval(timer)
      for (const sender of senders) sender.end()
    })
  },
  { name: 'live', fastify: '5.x', dependencies: ['models', 'changes'] }
)
