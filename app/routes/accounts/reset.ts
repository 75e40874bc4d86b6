/**
 * `/reset/:token`: GET shows the form for a new password, POST sets the password and uses up the
 * link.
 */
import { ResetName } from '../../schemas/account-answers.ts'
import { Done } from '../../schemas/answers.ts'
import { LinkParams, ResetBody } from '../../schemas/accounts.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'

const schema = { params: LinkParams, body: ResetBody }

export class Reset extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read whose password a link resets', guests: true, responses: { 200: ResetName } },
    post: { summary: 'Set a new password', guests: true, responses: { 200: Done } }
  }

  get() {
    return this.form(null)
  }

  /** Redirects to the sign-in page: a link must not sign in the administrator who created it. */
  async post() {
    await this.app.resets.spend(this.request.params.token, this.request.body.password)
    if (this.wantsPage) return this.redirectDone(this.url('Login'), 'reset')
    return ok()
  }

  async invalid(formErrors: FormErrors | null) {
    return this.form(formErrors)
  }

  private async form(formErrors: FormErrors | null) {
    const { token } = this.request.params
    const name = await this.app.resets.open(token)
    // The URL gives access to an account: requests of this page must not send it as Referer.
    this.reply.header('referrer-policy', 'strict-origin')
    if (!this.wantsPage) return ok({ name })
    return this.render('accounts/reset', { formErrors, name, action: this.url('Reset', { token }) })
  }
}
