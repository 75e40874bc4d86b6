/** `/account`: the user's name, e-mail and phone. `/account/password`: a new password. */
import { Done } from '../../schemas/answers.ts'
import { ChangedAccount, OwnAccount } from '../../schemas/account-answers.ts'
import { AccountBody, AccountQuery, PasswordBody } from '../../schemas/accounts.ts'
import { displayEmail } from '../../values/email.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'

const schema = { querystring: AccountQuery, body: AccountBody }

export class Account extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read the own account', responses: { 200: OwnAccount } },
    post: { summary: 'Change the own account', responses: { 200: ChangedAccount, 202: ChangedAccount } }
  }

  async get() {
    const account = await this.find()
    if (!this.wantsPage) return account
    return this.page(account, this.request.query.done)
  }

  async post() {
    const { current, ...change } = this.request.body
    const { locale } = change
    const { accounts, mailSender } = this.app
    const { member, ip: address, locale: page } = this.request
    const linkOf = (token: string) => this.app.link(this.url('ConfirmEmail', { token }))
    const confirmation = mailSender && { linkOf, address, pageLocale: page.tag }
    const waits = await accounts.change(member.id, change, this.request.proof(current), confirmation)
    if (waits) mailSender?.wake()
    if (locale !== undefined) this.reply.keepPreference('locale', locale)
    if (this.wantsPage) return this.redirectDone(this.url('Account'), waits ? 'confirm' : 'saved')
    if (waits) this.reply.code(202)
    return ok(await this.find())
  }

  invalid(formErrors: FormErrors | null) {
    return this.page(this.typed, undefined, formErrors)
  }

  private async page(typed: object, done?: string, formErrors: FormErrors | null = null) {
    const { accounts, digests, emailChanges, mailSender } = this.app
    const { id } = this.request.member
    const asksPassword = await accounts.asksPassword(id)
    const digest = mailSender && (await digests.isOn(id))
    const awaited = mailSender && (await emailChanges.awaited(id))
    return this.render('accounts/account', {
      typed,
      done,
      formErrors,
      asksPassword,
      digest,
      awaited: awaited && displayEmail(awaited)
    })
  }

  private find() {
    return this.app.accounts.get(this.request.member.id)
  }
}

const passwordSchema = { body: PasswordBody }

export class Password extends View<typeof passwordSchema> {
  static override readonly schema = passwordSchema
  static override readonly operations = {
    post: { summary: 'Change the password, and end all other sessions', responses: { 200: Done } }
  }

  get() {
    return this.page(null)
  }

  /** Changes the password and ends all other sessions. */
  async post() {
    const { current, password } = this.request.body
    const { member } = this.request
    const proof = this.request.proof(current)
    const { epoch, since } = await this.app.accounts.changePassword(member.id, proof, password)
    await this.request.renewSession(epoch, since)
    return this.wantsPage ? this.redirectDone(this.url('Account'), 'password') : ok()
  }

  invalid(formErrors: FormErrors | null) {
    return this.page(formErrors)
  }

  private async page(formErrors: FormErrors | null) {
    const { accounts } = this.app
    const { id } = this.request.member
    const [{ email }, asksPassword] = await Promise.all([accounts.get(id), accounts.asksPassword(id)])
    return this.render('accounts/password', { formErrors, asksPassword, email })
  }
}
