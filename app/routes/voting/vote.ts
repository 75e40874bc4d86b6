/**
 * `/questions/:question/vote`: GET shows the viewer's ballot, PUT and POST cast it, DELETE
 * withdraws it.
 */
import { Ballot, CountedBallot } from '../../schemas/poll-answers.ts'
import { QuestionParams, RoomQuery } from '../../schemas/questions.ts'
import { VoteBody, VoteForm } from '../../schemas/vote.ts'
import { noBallot } from '../../values/ballot.ts'
import { type FormErrors, View } from '../../view.ts'
import { showQuestion } from '../polls/question-page.ts'
import { type Form, formAgain } from '../polls/shown-form.ts'
import { castBallot } from './cast.ts'
import { countedAddress } from './return.ts'
import { ballotIn, requireVoter, voterIn } from './voter.ts'
import { answerWithdrawal } from './withdrawal.ts'
import { ok } from '../responses.ts'
import { roomOf } from '../rooms/enter.ts'

const schema = { params: QuestionParams, querystring: RoomQuery, body: VoteBody, form: VoteForm }

export class Vote extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read my vote', scope: 'read', guests: true, responses: { 200: Ballot } },
    put: {
      summary: 'Cast or change my vote',
      scope: 'vote',
      guests: true,
      responses: { 200: CountedBallot }
    },
    post: {
      summary: 'Cast or change my vote, as a form does',
      scope: 'vote',
      guests: true,
      responses: { 200: CountedBallot }
    },
    delete: { summary: 'Withdraw my vote', scope: 'vote', guests: true, responses: { 200: CountedBallot } }
  }

  async get() {
    if (this.wantsPage) return this.form({ formErrors: null, chosen: null }, this.request.query.room)
    const poll = await this.find()
    const ballot = await ballotIn(this.request, poll)
    return ballot ?? noBallot(poll.id)
  }

  put() {
    return this.app.withIdentity(this.request, () => this.cast(), requireVoter)
  }

  private async cast() {
    const poll = await this.find()
    const voter = await voterIn(this.request, this.reply, poll, this.request.body.as_guest)
    const ballot = await castBallot(this.request, poll, voter, this.request.body)
    if (poll.audience === 'link') this.reply.rememberVoter()
    if (!this.wantsPage) return ok(ballot)
    if (ballot.browser_vote_removed) this.reply.setMergedNotice(poll.id)
    return this.redirect(await countedAddress(this.request, poll.slug, this.request.body.room))
  }

  post() {
    return this.put()
  }

  delete() {
    return answerWithdrawal(this.request, this.reply, this.request.params)
  }

  /** Shows the form again with the choices and the error. */
  async invalid(formErrors: FormErrors | null) {
    return this.form(formAgain(this.typed, formErrors), this.typed.room)
  }

  private async form(form: Form, room: unknown) {
    const { request, reply } = this
    const shown = { form, room: await roomOf(request, room) }
    return showQuestion(request, reply, request.params.question, shown)
  }

  private find() {
    return this.app.questions.getFacts(this.request.params.question, this.request.viewer)
  }
}
