/** `/register`: GET shows the form, POST makes the account and signs in. */
import { Registration, typedAgain, WithNext } from '../../schemas/accounts.ts'
import { type Mistake, View } from '../../view.ts'
import { adoptFrom } from '../voting/voter.ts'
import { ok } from '../responses.ts'

const schema = { querystring: WithNext, body: Registration }

export class Register extends View<typeof schema> {
  static override readonly schema = schema

  get() {
    return this.form({ next: this.request.query.next })
  }

  async post() {
    const { body, ip } = this.request
    await this.request.signIn(await this.app.users.register(body, ip))
    await adoptFrom(this.request, this.reply, body.next)
    if (this.wantsPage) return this.redirect(body.next)
    this.reply.code(201)
    return ok()
  }

  invalid(mistake: Mistake) {
    return this.form(typedAgain(this.typed), mistake)
  }

  private async form(typed: object, mistake: Mistake | null = null) {
    const isFirst = await this.app.users.awaitsFirst()
    return this.render('accounts/register', { typed, mistake, isFirst })
  }
}
