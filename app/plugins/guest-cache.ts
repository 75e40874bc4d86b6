/** What a guest was just answered is sent again to the next who asks the same, before anything is looked up for that. */
import type { IncomingMessage } from 'node:http'
import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { Question, Viewer } from '../models/polls/questions.ts'
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

/** Addresses: a few polls at a time have many readers. And what browsers with other languages are told there. */
const [mostAddresses, mostAnswers] = [50, 4]
/** Headers: who sends more is looked at closely. */
const ordinary = 50
const guest: Viewer = { userId: null, voter: null }

type Asked = IncomingMessage['headers']

/** An answer as it was sent, and the headers of its request. */
interface Kept extends Answer {
  asked: Asked
  head: string[]
  givesCookie: boolean
}

/** Who brings a cookie may be somebody, and who asks whether something changed is not sent the whole. */
const isPlain = ({ method, headers, rawHeaders }: IncomingMessage) =>
  method === 'GET' &&
  headers.cookie === undefined &&
  headers['if-none-match'] === undefined &&
  headers['content-length'] === undefined &&
  headers['transfer-encoding'] === undefined &&
  rawHeaders.length <= 2 * ordinary

/** Beside the address and the question: all that an answer depends on, and the host, which was found good. */
const isSame = (one: Asked, other: Asked) =>
  one.host === other.host &&
  one.accept === other.accept &&
  one['accept-language'] === other['accept-language']

export const repeat = fp(
  async app => {
    // By address first: to join all that a request says to one key costs more than to look it up.
    const kept = new Map<string, Kept[]>()

    app.decorateReply('repeatFor', function (this: FastifyReply, { givesCookie }, answer) {
      const { raw } = this.request
      const { url = '', headers: asked } = raw
      if (!isPlain(raw)) return
      if (kept.size >= mostAddresses && !kept.has(url)) kept.clear()
      const headers = { ...this.getHeaders(), 'content-length': Buffer.byteLength(answer.body) }
      const head = Object.entries(headers).flatMap(([name, value]) => [name, String(value)])
      const others = (kept.get(url) ?? []).filter(
        other => other.question === answer.question && !isSame(other.asked, asked)
      )
      kept.set(url, [{ ...answer, asked, head, givesCookie }, ...others.slice(0, mostAnswers - 1)])
    })

    function find(request: IncomingMessage): Kept | undefined {
      if (!isPlain(request) || app.isLeaving()) return undefined
      const answer = kept.get(request.url ?? '')?.find(({ asked }) => isSame(asked, request.headers))
      return answer && app.questions.peek(answer.ref, guest) === answer.question ? answer : undefined
    }

    // In front of the router: what was checked, negotiated and looked up for the first of them is so for all.
    app.server.removeAllListeners('request')
    app.server.on('request', (request, response) => {
      const answer = find(request)
      if (!answer) return app.routing(request, response)
      const { head, body, givesCookie } = answer
      response.writeHead(200, givesCookie ? [...head, 'set-cookie', app.newBrowserCookie()] : head)
      response.end(body)
    })
  },
  { name: 'repeat', fastify: '5.x', dependencies: ['models', 'health', 'browser'] }
)
