/** `/questions/:question/choice`, and the tutorial's `/question/:question/choice`: the choices as a bare array. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Question } from '../models/questions.ts'
import { QuestionParams, QuestionRef } from '../schemas/questions.ts'
import { View } from '../view.ts'
import { madeAlready, once, sendMade } from './once.ts'
import { choiceJson, lookAt } from './question.ts'

const schema = { params: QuestionParams }
const json = 'application/json; charset=utf-8'

const nameOf = (sees: boolean) => `choices ${sees}`
const write = ({ choices }: Question, sees: boolean) => JSON.stringify(choices.map(choiceJson(sees)))

/**
 * An onRequest hook: what another guest was just answered is sent at once, which costs half of looking at everything
 * again. Whoever brings a cookie may be somebody.
 */
export function repeatChoices(request: FastifyRequest, reply: FastifyReply, done: () => void) {
  const { server, headers, params, viewer } = request
  if (headers.cookie !== undefined) return done()
  const { data: ref } = QuestionRef.safeParse((params as { question: string }).question)
  const question = ref && server.questions.peek(ref, viewer)
  const made = question && madeAlready(question, nameOf(server.results.seesResults(question, viewer, false)))
  if (made) sendMade(request, reply, made, json)
  else done()
}

export class Choices extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly json = true

  async get() {
    const { question, sees } = await lookAt(this.request, this.request.params.question)
    const made = await once(question, nameOf(sees), () => write(question, sees))
    return sendMade(this.request, this.reply, made, json)
  }
}
