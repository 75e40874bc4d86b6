/**
 * `/account/sessions`: GET lists the user's sessions, POST ends one, or all except the current one.
 */
import { SessionList } from '../../schemas/account-answers.ts'
import { Done } from '../../schemas/answers.ts'
import { SessionsBody, SessionsQuery } from '../../schemas/accounts.ts'
import { namesIn } from '../../values/user-agent.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'

const schema = { querystring: SessionsQuery, body: SessionsBody }

export class Sessions extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'List the own sessions', responses: { 200: SessionList } },
    post: { summary: 'End a session, or all others', responses: { 200: Done } }
  }

  async get() {
    if (this.wantsPage) return this.page(null, this.request.query.done)
    return { sessions: await this.request.ownSessions() }
  }

  async post() {
    const { session } = this.request.body
    if (session !== undefined) await this.request.endSession(session)
    else await this.request.renewSession(await this.app.accounts.endSessions(this.request.member))
    return this.wantsPage
      ? this.redirectDone(this.url('Sessions'), session === undefined ? 'others' : 'ended')
      : ok()
  }

  async invalid(formErrors: FormErrors | null) {
    return this.page(formErrors)
  }

  private async page(formErrors: FormErrors | null, done?: string) {
    const { program } = this.request.locale.sessions
    const sessions = (await this.request.ownSessions()).map(session => {
      const { browser, system } = namesIn(session.agent)
      return { ...session, program: program(browser, system) }
    })
    return this.render('accounts/sessions', { formErrors, sessions, done })
  }
}
