/** `/account/delete`: the page that says what is lost, and the end of the account. */
import { DeleteAccountBody } from '../schemas/accounts.ts'
import { type Mistake, View } from '../view.ts'

const schema = { body: DeleteAccountBody }

export class DeleteAccount extends View<typeof schema> {
  static override readonly schema = schema

  get() {
    return this.form({ typed: { votes: 'withdraw' } })
  }

  async post() {
    const { current, votes } = this.request.body
    await this.app.deletion.remove(this.request.user!.id, current, votes)
    await this.request.signOut(this.reply)
    if (this.wantsPage) return this.redirect(`${this.url('Login')}?done=deleted`)
    return { error_code: 0, error_msg: 'ok' }
  }

  invalid(mistake: Mistake) {
    return this.form({ typed: this.request.body, mistake })
  }

  private async form(data: object) {
    return this.render('delete-account', {
      ...data,
      loss: await this.app.deletion.lossOf(this.request.user!.id)
    })
  }
}
