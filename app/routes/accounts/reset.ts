/** `/reset/:token`: GET shows the form for a new password and spends nothing, POST sets it and spends the link. */
import { ResetBody, ResetParams } from '../../schemas/accounts.ts'
import { type Mistake, View } from '../../view.ts'
import { ok } from '../responses.ts'

const schema = { params: ResetParams, body: ResetBody }

export class Reset extends View<typeof schema> {
  static override readonly schema = schema

  async get() {
    return this.form(null)
  }

  /** Leads to the sign-in page: the administrator who made the link must not be signed in by it. */
  async post() {
    await this.app.resets.spend(this.request.params.token, this.request.body.password)
    if (this.wantsPage) return this.redirect(`${this.url('Login')}?done=reset`)
    return ok()
  }

  async invalid(mistake: Mistake | null) {
    return this.form(mistake)
  }

  private async form(mistake: Mistake | null) {
    const name = await this.app.resets.open(this.request.params.token)
    // This address opens an account: a request that the page starts names only the site.
    this.reply.header('referrer-policy', 'strict-origin')
    return this.wantsPage ? this.render('accounts/reset', { mistake, name }) : ok({ name })
  }
}
