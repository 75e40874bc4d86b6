/** `/account/delete`: GET shows what will be deleted, POST deletes the account. */
import { Loss } from '../../schemas/account-answers.ts'
import { Done } from '../../schemas/answers.ts'
import { DeleteAccountBody } from '../../schemas/accounts.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'

const schema = { body: DeleteAccountBody }

export class DeleteAccount extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Count what a deletion of the account deletes', responses: { 200: Loss } },
    post: { summary: 'Delete the account', responses: { 200: Done } }
  }

  async get() {
    if (!this.wantsPage) return this.app.deletion.lossOf(this.request.member.id)
    return this.form({ votes: 'withdraw' })
  }

  async post() {
    const { current, votes } = this.request.body
    await this.app.deletion.remove(this.request.member.id, this.request.proof(current), votes)
    // An error is ignored: without its account, the session is already invalid.
    await this.request.signOut(this.reply).catch(() => {})
    if (this.wantsPage) return this.redirectDone(this.url('Login'), 'deleted')
    return ok()
  }

  invalid(formErrors: FormErrors | null) {
    return this.form(this.typed, formErrors)
  }

  private async form(typed: object, formErrors: FormErrors | null = null) {
    const { id } = this.request.member
    const [loss, asksPassword] = [
      await this.app.deletion.lossOf(id),
      await this.app.accounts.asksPassword(id)
    ]
    return this.render('accounts/delete-account', { typed, loss, formErrors, asksPassword })
  }
}
