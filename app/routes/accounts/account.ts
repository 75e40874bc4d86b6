/** `/account`: the user's name, e-mail and phone. `/account/password`: a new password. */
import { Done } from '../../schemas/answers.ts'
import { ChangedAccount, OwnAccount } from '../../schemas/account-answers.ts'
import { AccountBody, AccountQuery, PasswordBody } from '../../schemas/accounts.ts'
import { type Mistake, View } from '../../view.ts'
import { ok } from '../responses.ts'

const schema = { querystring: AccountQuery, body: AccountBody }

export class Account extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read the own account', responses: { 200: OwnAccount } },
    post: { summary: 'Change the own account', responses: { 200: ChangedAccount } }
  }

  async get() {
    const account = await this.find()
    if (!this.wantsPage) return account
    return this.render('accounts/account', { typed: account, done: this.request.query.done, mistake: null })
  }

  async post() {
    const { locale } = this.request.body
    await this.app.accounts.change(this.request.user!.id, this.request.body)
    if (locale !== undefined) this.reply.keepPreference('locale', locale)
    if (this.wantsPage) return this.redirect(`${this.url('Account')}?done=saved`)
    return ok(await this.find())
  }

  invalid(mistake: Mistake | null) {
    return this.render('accounts/account', { typed: this.typed, done: null, mistake })
  }

  private find() {
    return this.app.accounts.find(this.request.user!.id)
  }
}

const passwordSchema = { body: PasswordBody }

export class Password extends View<typeof passwordSchema> {
  static override readonly schema = passwordSchema
  static override readonly operations = {
    post: { summary: 'Change the password, and end all other sessions', responses: { 200: Done } }
  }

  get() {
    return this.render('accounts/password', { mistake: null })
  }

  /** Changes the password and ends all other sessions. */
  async post() {
    const { current, password } = this.request.body
    const epoch = await this.app.accounts.changePassword(this.request.user!.id, current, password)
    await this.request.renewSession(epoch)
    return this.wantsPage ? this.redirect(`${this.url('Account')}?done=password`) : ok()
  }

  invalid(mistake: Mistake | null) {
    return this.render('accounts/password', { mistake })
  }
}
