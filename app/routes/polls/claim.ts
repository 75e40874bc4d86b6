/**
 * `/questions/:question/claim`: keeps a guest's poll in an account; its manage link stops working.
 */
import { ManageLinkInvalid, NotOwner, SignInRequired } from '../../errors.ts'
import { ClaimBody } from '../../schemas/guest-polls.ts'
import { ChangedQuestion } from '../../schemas/poll-answers.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { withNextPath } from '../../values/next-path.ts'
import { pathOf, View } from '../../view.ts'
import { ok } from '../responses.ts'
import { findOwn, findOwnPoll } from './access.ts'
import { ownJson } from './poll-json.ts'

const schema = { params: QuestionParams, body: ClaimBody }

export class Claim extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: {
      summary: "Keep a guest's poll in the account",
      scope: 'manage',
      responses: { 200: ChangedQuestion }
    }
  }

  /** The page that asks, or leads to sign-in and back. */
  async get() {
    const question = await findOwnPoll(this.request)
    const { slug, user_id } = question
    if (user_id !== null) return this.redirect(this.url('Manage', { question: slug }))
    return this.render('polls/claim', { question, here: pathOf(this.app, 'Claim', { question: slug }) })
  }

  async post() {
    const { request, reply, app } = this
    const { question: ref } = request.params
    // The form is not carried through sign-in: the page of the link asks again.
    if (!request.user) {
      if (!this.wantsPage) throw new SignInRequired()
      return this.redirect(withNextPath(this.url('Login'), pathOf(app, 'Claim', { question: ref })))
    }
    const token = request.body?.token
    if (token !== undefined) request.manager = (await app.guestPolls.find(token)) ?? null
    const hasToken = (token ?? request.manageToken) !== undefined
    const { id, slug, user_id } = await app.questions.getFresh(ref, request.viewer)
    if (user_id !== request.user.id) {
      if (request.manager?.question !== id) throw hasToken ? new ManageLinkInvalid() : new NotOwner()
      await app.guestPolls.claim(request.manager, request.user.id)
    }
    reply.dropManager(slug)
    request.manager = null
    if (this.wantsPage) return this.redirectDone(this.url('Manage', { question: slug }), 'claimed')
    return ok(await ownJson(request, await findOwn(request, slug)))
  }
}
