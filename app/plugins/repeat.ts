/** What a guest was just answered is sent again to the next who asks the same, before anything is looked up for that. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Question, Viewer } from '../models/questions.ts'
import type { QuestionRef } from '../schemas/questions.ts'

/** The body of an answer about a question, and the address that the question was found under. */
interface Answer {
  ref: QuestionRef
  question: Question
  body: string | Buffer
}

declare module 'fastify' {
  interface FastifyReply {
    /**
     * The answer with this body and the headers so far is what every guest gets who asks so, while this reading of the
     * question is the newest. `givesCookie`: beside a browser cookie of one's own.
     */
    repeatFor(guests: { givesCookie: boolean }, answer: Answer): void
  }
}

/** A few polls at a time have many readers; a page of one has at most some 100 kB. */
const most = 200
const guest: Viewer = { userId: null, voter: null }

/** Who brings a cookie may be somebody, and who asks whether something changed is not sent the whole. */
const isPlain = ({ method, headers }: FastifyRequest) =>
  method === 'GET' && headers.cookie === undefined && headers['if-none-match'] === undefined

/** All that a guest's answer depends on, beside the question. */
const keyOf = ({ url, headers }: FastifyRequest) => `${url}\n${headers.accept}\n${headers['accept-language']}`

export const repeat = fp(
  async app => {
    const kept = new Map<string, Answer & { head: string[]; givesCookie: boolean }>()

    app.decorateReply('repeatFor', function (this: FastifyReply, { givesCookie }, answer) {
      if (!isPlain(this.request)) return
      if (kept.size >= most) kept.clear()
      const headers = { ...this.getHeaders(), 'content-length': Buffer.byteLength(answer.body) }
      const head = Object.entries(headers).flatMap(([name, value]) => [name, String(value)])
      kept.set(keyOf(this.request), { ...answer, head, givesCookie })
    })

    app.addHook('onRequest', (request, reply, done) => {
      const answer = isPlain(request) ? kept.get(keyOf(request)) : undefined
      if (!answer || app.isLeaving() || app.questions.peek(answer.ref, guest) !== answer.question)
        return done()
      const { head, body, givesCookie } = answer
      reply.hijack() // the hooks of sending have nothing to add
      reply.raw.writeHead(200, givesCookie ? [...head, 'set-cookie', app.newBrowserCookie()] : head)
      reply.raw.end(body)
    })
  },
  { name: 'repeat', fastify: '5.x', dependencies: ['models', 'health', 'browser'] }
)
