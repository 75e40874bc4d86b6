/** `/questions/:question`: the poll with its form, or with the vote that stands and the result. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ballot } from '../models/ballots.ts'
import type { Choice, Question as Poll } from '../models/questions.ts'
import { QuestionParams } from '../schemas/questions.ts'
import { type Mistake, View } from '../view.ts'

/** What may be said about a poll to this viewer, ready for a page or JSON. */
export async function lookAt(request: FastifyRequest, question: Poll) {
  const { voter } = request.viewer
  const ballot = voter === null ? null : await request.server.ballots.of({ question: question.id, voter })
  return {
    question,
    ballot,
    sees: request.server.results.seesResults(question, request.viewer, ballot !== null)
  }
}

/** A choice as JSON, in the tutorial's form; without the right to see them, no number of votes. */
export const choiceJson = (sees: boolean) => (choice: Choice) => ({
  id: choice.id,
  delete_flag: choice.delete_flag,
  choice_text: choice.choice_text,
  votes: sees ? choice.votes : null,
  question_id: choice.question_id,
  create_time: choice.create_time
})

function questionJson(question: Poll, ballot: Ballot | null, sees: boolean) {
  const { user_id: _owner, delete_flag: _removed, tally_version: _version, ...rest } = question
  return {
    ...rest,
    open: Boolean(question.open),
    revote: Boolean(question.revote),
    listed: Boolean(question.listed),
    voters: sees ? question.voters : null,
    choices: question.choices.map(choiceJson(sees)),
    vote: ballot?.choice ?? []
  }
}

interface Form {
  /** Show the form although a vote stands. */
  change?: boolean
  mistake?: Mistake
  /** What was chosen in a form that was refused. */
  chosen?: readonly number[] | undefined
}

/** The poll's page: a form where the viewer can vote, otherwise the vote that stands; the result where it may be seen. */
export async function showQuestion(
  request: FastifyRequest,
  reply: FastifyReply,
  poll: Poll,
  form: Form = {}
) {
  const { question, ballot, sees } = await lookAt(request, poll)
  const mayChange = question.revote || !ballot
  const hasForm =
    Boolean(question.open) && mayChange && (!ballot || Boolean(form.change) || Boolean(form.mistake))
  return reply.view('question.html', {
    question,
    ballot,
    hasForm,
    chosen: form.chosen ?? ballot?.choice ?? [],
    mistake: form.mistake,
    result: sees ? request.server.results.tally(question) : null,
    mine: question.choices.filter(choice => ballot?.choice.includes(choice.id))
  })
}

const schema = { params: QuestionParams }

export class Question extends View<typeof schema> {
  static override readonly schema = schema

  async get() {
    const { request, reply } = this
    const poll = await this.app.questions.find(request.params.question, request.viewer)
    if (this.wantsPage) return showQuestion(request, reply, poll)
    const { question, ballot, sees } = await lookAt(request, poll)
    return questionJson(question, ballot, sees)
  }
}
