/** `/login`: GET shows the form, POST begins a session. `/logout`: POST ends it. */
import { Credentials, typedAgain, WithNext } from '../../schemas/accounts.ts'
import { type Mistake, View } from '../../view.ts'
import { listItem } from '../polls/poll-json.ts'
import { adoptFrom } from '../voting/voter.ts'
import { ok } from '../responses.ts'

const schema = { querystring: WithNext, body: Credentials }

export class Login extends View<typeof schema> {
  static override readonly schema = schema

  get() {
    const { next, done } = this.request.query
    return this.form({ typed: { next }, done, mistake: null })
  }

  async post() {
    const { account, password, next } = this.request.body
    await this.request.signIn(await this.app.users.authenticate(account, password, this.request.ip))
    await adoptFrom(this.request, this.reply, next)
    return this.wantsPage ? this.redirect(next) : ok()
  }

  invalid(mistake: Mistake) {
    return this.form({ typed: typedAgain(this.typed), done: undefined, mistake })
  }

  /** A guest's first page: it says what this is and shows what is open. */
  private async form(form: { typed: object; done: string | undefined; mistake: Mistake | null }) {
    const { questions } = await this.app.questions.list({ open: true })
    return this.render('accounts/login', {
      ...form,
      questions: questions.map(question => listItem(this.request, question)),
      isFirst: await this.app.users.awaitsFirst()
    })
  }
}

export class Logout extends View {
  async post() {
    await this.request.signOut(this.reply)
    return this.wantsPage ? this.redirect(this.url('Login')) : ok()
  }
}
