/**
 * `/account/email/:token`: GET shows the new e-mail address of the account, POST uses it from now
 * on. `/account/email`: keeps the present address.
 */
import { LinkParams } from '../../schemas/accounts.ts'
import { PendingAddress } from '../../schemas/account-answers.ts'
import { Done } from '../../schemas/answers.ts'
import { displayEmail } from '../../values/email.ts'
import { type FormErrors, View } from '../../view.ts'
import { RemovableView } from '../removable-view.ts'
import { ok } from '../responses.ts'

const schema = { params: LinkParams }

export class ConfirmEmail extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'Read which new address of the own account a link confirms',
      responses: { 200: PendingAddress }
    },
    post: { summary: 'Use the new address of the own account', responses: { 200: Done } }
  }

  /** Changes nothing: programs that check mails open their links. */
  get() {
    return this.form(null)
  }

  async post() {
    const { member, params, locale } = this.request
    await this.app.emailChanges.confirm(member.id, params.token, locale.tag)
    this.app.mailSender?.wake()
    return this.wantsPage ? this.redirectDone(this.url('Account'), 'email') : ok()
  }

  invalid(formErrors: FormErrors | null) {
    return this.form(formErrors)
  }

  private async form(formErrors: FormErrors | null) {
    const { member, params } = this.request
    const { token } = params
    const email = displayEmail(await this.app.emailChanges.open(member.id, token))
    this.reply.header('referrer-policy', 'strict-origin')
    if (!this.wantsPage) return ok({ email })
    const action = this.url('ConfirmEmail', { token })
    return this.render('accounts/confirm-email', { formErrors, email, action })
  }
}

export class EmailChange extends RemovableView {
  static override readonly operations = {
    post: { summary: 'Keep the present e-mail address, as a form does', responses: { 200: Done } },
    delete: { summary: 'Keep the present e-mail address', responses: { 200: Done } }
  }

  protected async remove() {
    await this.app.emailChanges.cancel(this.request.member.id)
  }

  protected returnToList() {
    return this.redirect(this.url('Account'))
  }
}
