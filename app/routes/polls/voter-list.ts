/**
 * `/questions/:question/invitations`: who may vote in an own poll for a list; POST makes
 * invitations. `/questions/:question/invitations/:id`: one of them; DELETE revokes it.
 */
import { IdempotencyHeaders } from '../../schemas/poll.ts'
import { Done } from '../../schemas/answers.ts'
import {
  InvitationsBody,
  InvitationsForm,
  NewInvitations,
  RevokeBody,
  VoterList as VoterListSchema,
  VoterListQuery
} from '../../schemas/voter-lists.ts'
import { QuestionParams, QuestionPartParams } from '../../schemas/questions.ts'
import { InvitationsMade, NoVoterList } from '../../errors.ts'
import { MAX_NEW_INVITATIONS, type RevokedVote } from '../../values/audience.ts'
import { randomText } from '../../values/random-text.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'
import { nextJson, nextQuery } from '../paging.ts'
import { findOwnPoll, ownerOf } from './access.ts'
import { typedInvitations } from './invitation-form.ts'
import { csvOf, linkLines, slipsOf } from './invitation-sheet.ts'
import { inviteesOf } from './invitees.ts'
import { nonceOf } from './nonce.ts'

const schema = {
  params: QuestionParams,
  querystring: VoterListQuery,
  body: InvitationsBody,
  form: InvitationsForm
}

export class VoterList extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'List the invitations of an own poll',
      scope: 'manage',
      responses: { 200: VoterListSchema }
    },
    post: {
      summary: 'Make invitations to vote',
      scope: 'manage',
      headers: IdempotencyHeaders,
      responses: { 201: NewInvitations }
    }
  }

  async get() {
    if (this.wantsPage) return this.form(null)
    const question = await this.find()
    const { invitations, next } = await this.list(question)
    return { invited: question.invited, invitations, next: nextJson(next) }
  }

  /** The answer is the only one that holds the links. */
  async post() {
    const question = await findOwnPoll(this.request)
    const { names, field } = this.request.body
    const { app } = this
    const owner = ownerOf(this.request, question)
    const invitees = inviteesOf(names, this.isMailed(question))
    const mailed = invitees.filter(({ email }) => email !== null).length
    const { user_id: user } = question
    const isCounted = mailed > 0 && user !== null
    const admit = isCounted ? () => app.limits.listMails(user, mailed) : undefined
    const { tag: locale } = this.request.locale
    const additions = { invitees, nonce: nonceOf(this.request), field, locale }
    const made = await app.voterLists.create(question.id, owner, additions, admit)
    app.mailSender?.wake()
    const address = this.app.link(this.url('Question', { question: question.slug }))
    const links = made.map(({ token, ...one }) => ({ ...one, link: `${address}?t=${token}` }))
    this.reply.code(201)
    if (!this.wantsPage) return ok({ invitations: links })
    return this.render('polls/invitation-links', {
      question,
      links: linkLines(links),
      csv: csvOf(links),
      slips: await slipsOf(links),
      mailed,
      remedy: this.app.linkRemedy()
    })
  }

  invalid(formErrors: FormErrors | null) {
    return this.form(formErrors)
  }

  private async form(formErrors: FormErrors | null) {
    const question = await this.find()
    const { invitations, next } = await this.list(question)
    const typed = typedInvitations(this.request.body)
    const isUsed = formErrors?.cause instanceof InvitationsMade // sent again, it makes the invitations
    return this.render('polls/voter-list', {
      question,
      // A poll that closed meanwhile: what was typed is not lost, and can be sent once it is open
      // again.
      hasForm: question.open || formErrors !== null || typed.names !== '' || typed.number !== '',
      invitations,
      more: nextQuery(next),
      typed: { ...typed, ...(isUsed && { nonce: randomText() }) },
      most: MAX_NEW_INVITATIONS,
      isMailed: this.isMailed(question),
      done: this.request.query.done,
      formErrors
    })
  }

  /** A guest has no account that could be disabled, and so sends no mail to others. */
  private isMailed({ user_id }: { user_id: number | null }) {
    return this.app.mailSender !== null && user_id !== null
  }

  private list(question: Awaited<ReturnType<typeof findOwnPoll>>) {
    return this.app.listedInvitations.page(question, this.request.query.after)
  }

  private async find() {
    const question = await findOwnPoll(this.request)
    if (question.audience !== 'list') throw new NoVoterList()
    return question
  }
}

const oneSchema = { params: QuestionPartParams, body: RevokeBody }

export class VoterInvitation extends View<typeof oneSchema> {
  static override readonly schema = oneSchema
  static override readonly operations = {
    post: {
      summary: 'Revoke an invitation, and keep or remove its vote',
      scope: 'manage',
      responses: { 200: Done }
    },
    delete: { summary: 'Revoke an invitation, and keep its vote', scope: 'manage', responses: { 200: Done } }
  }

  /** The page that asks. */
  get() {
    return this.page('keep', null)
  }

  post() {
    return this.revoke(this.request.body?.vote ?? 'keep')
  }

  delete() {
    return this.revoke('keep')
  }

  private async revoke(vote: RevokedVote) {
    const poll = await findOwnPoll(this.request)
    const owner = ownerOf(this.request, poll)
    await this.app.voterLists.revoke(poll.id, owner, this.request.params.id, vote)
    return this.wantsPage
      ? this.redirectDone(this.url('VoterList', { question: poll.slug }), 'revoked')
      : ok()
  }

  invalid(formErrors: FormErrors | null) {
    return this.page(this.typed.vote, formErrors)
  }

  private async page(vote: unknown, formErrors: FormErrors | null) {
    const question = await findOwnPoll(this.request)
    const invitation = await this.app.listedInvitations.get(question, this.request.params.id)
    return this.render('polls/revoke-invitation', { question, invitation, typed: { vote }, formErrors })
  }
}
