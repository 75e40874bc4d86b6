/** `/register`: GET shows the form, POST creates the account and signs in. */
import { Done } from '../../schemas/answers.ts'
import { AccountTaken } from '../../errors.ts'
import { carriedIn, type CarriedForm } from '../../schemas/carried-form.ts'
import { Registration, typedAgain, WithNext } from '../../schemas/accounts.ts'
import { type Mistake, View } from '../../view.ts'
import { adoptFrom } from '../voting/voter.ts'
import { ok } from '../responses.ts'

const schema = { querystring: WithNext, body: Registration }

export class Register extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Create an account, and sign in', guests: true, responses: { 201: Done } }
  }

  async get() {
    await this.app.users.requireOpen()
    return this.form({ next: this.request.query.next })
  }

  async post() {
    const { body, ip } = this.request
    await this.request.signIn(await this.app.users.register(body, ip))
    await adoptFrom(this.request, this.reply, body.next)
    if (this.wantsPage && body.carried) return this.request.sendAsSignedIn(this.reply, body.carried)
    if (this.wantsPage) return this.redirectInside(body.next)
    this.reply.code(201)
    return ok()
  }

  invalid(mistake: Mistake | null) {
    return this.form(typedAgain(this.typed), mistake, carriedIn(this.request.body))
  }

  private async form(typed: object, mistake: Mistake | null = null, carried?: CarriedForm) {
    const isFirst = await this.app.users.awaitsFirst()
    const carriedText = JSON.stringify(carried)
    return this.render('accounts/register', {
      isTaken: mistake?.cause instanceof AccountTaken,
      typed,
      mistake,
      carried: carried ?? null,
      carriedText,
      isFirst
    })
  }
}
