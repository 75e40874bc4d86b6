/** `/login`: GET shows the form, POST begins a session. `/logout`: POST ends it. */
import { Credentials, typedAgain, WithNext } from '../../schemas/accounts.ts'
import { type Mistake, View } from '../../view.ts'
import { listed } from '../polls/questions.ts'
import { adoptFrom } from '../voting/voter.ts'
import { ok } from '../responses.ts'

const schema = { querystring: WithNext, body: Credentials }

export class Login extends View<typeof schema> {
  static override readonly schema = schema

  get() {
    const { next, done } = this.request.query
    return this.form({ typed: { next }, done })
  }

  async post() {
    const { account, password, next } = this.request.body
    await this.request.signIn(await this.app.users.authenticate(account, password, this.request.ip))
    await adoptFrom(this.request, this.reply, next)
    return this.wantsPage ? this.redirect(next) : ok()
  }

  invalid(mistake: Mistake) {
    return this.form({ typed: typedAgain(this.typed), mistake })
  }

  /** A guest's first page: it says what this is and shows what is open. */
  private async form(data: object) {
    const { questions } = await this.app.questions.list({ open: true })
    const shown = questions.map(question => listed(this.request, question))
    const isFirst = await this.app.users.awaitsFirst()
    return this.render('accounts/login', {
      ...data,
      questions: shown,
      isFirst,
      paused: this.request.sessionsDown
    })
  }
}

export class Logout extends View {
  async post() {
    await this.request.signOut(this.reply)
    return this.wantsPage ? this.redirect(this.url('Login')) : ok()
  }
}
