/** `/confirm/:token`: GET asks for the password again, POST creates the account and signs in. */
import { AccountTaken } from '../../errors.ts'
import { ConfirmBody, LinkParams } from '../../schemas/accounts.ts'
import { PendingAddress } from '../../schemas/account-answers.ts'
import { Done } from '../../schemas/answers.ts'
import { displayEmail } from '../../values/email.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'
import { completeSignIn } from './begin-session.ts'

const schema = { params: LinkParams, body: ConfirmBody }

export class Confirm extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read which address a link confirms', guests: true, responses: { 200: PendingAddress } },
    post: { summary: 'Confirm an address, and create the account', guests: true, responses: { 201: Done } }
  }

  get() {
    return this.form(null)
  }

  async post() {
    const { app, request } = this
    const { token } = request.params
    await app.sessions.requireSpace()
    const { user, next } = await app.pendingAccounts.confirm(token, request.body.password, request.ip)
    if (!this.wantsPage) this.reply.code(201)
    return completeSignIn(request, this.reply, user, { next })
  }

  invalid(formErrors: FormErrors | null) {
    return this.form(formErrors)
  }

  private async form(formErrors: FormErrors | null) {
    const { token } = this.request.params
    const { next, ...pending } = await this.app.pendingAccounts.open(token)
    const email = displayEmail(pending.email)
    // The URL confirms an address: requests of this page must not send it as Referer.
    this.reply.header('referrer-policy', 'strict-origin')
    if (!this.wantsPage) return ok({ email })
    const isTaken = formErrors?.cause instanceof AccountTaken
    const action = this.url('Confirm', { token })
    return this.render('accounts/confirm', { formErrors, isTaken, email, next, action })
  }
}
