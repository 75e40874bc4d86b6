/**
 * `/forgot`: GET shows the form for a reset link by mail, POST asks for it. Only where mail is
 * configured.
 */
import { ForgotBody, ForgotQuery } from '../../schemas/accounts.ts'
import { Done } from '../../schemas/answers.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'

const schema = { querystring: ForgotQuery, body: ForgotBody }

export class Forgot extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Ask for a reset link by mail', guests: true, responses: { 202: Done } }
  }

  get() {
    return this.form({ typed: {}, isSent: this.request.query.done !== undefined })
  }

  /** Answers the same whether an account has the address or not. */
  async post() {
    const { app, request } = this
    const { email } = request.body
    await app.limits.mail(request.ip)
    if ((await app.limits.mailTo('reset', email)) === 0) {
      await app.resetMails.ask(email, request.locale.tag)
      app.mailSender?.wake()
    }
    if (this.wantsPage) return this.redirectDone(this.url('Forgot'), 'sent')
    this.reply.code(202)
    return ok()
  }

  invalid(formErrors: FormErrors | null) {
    return this.form({ typed: this.typed, formErrors })
  }

  private form(page: { typed: object; formErrors?: FormErrors | null; isSent?: boolean }) {
    return this.render('accounts/forgot', { formErrors: null, isSent: false, ...page })
  }
}
