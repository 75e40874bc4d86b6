/** `/account/sessions`: where one is signed in; POST ends one of these, or all but the present. */
import { SessionsBody } from '../schemas/accounts.ts'
import { type Mistake, View } from '../view.ts'

const schema = { body: SessionsBody }

export class Sessions extends View<typeof schema> {
  static override readonly schema = schema

  async get() {
    const sessions = await this.request.ownSessions()
    return this.wantsPage ? this.render('sessions', { sessions }) : { sessions }
  }

  async post() {
    const { session } = this.request.body
    if (session !== undefined) await this.request.endSession(session)
    else await this.request.renewSession(await this.app.accounts.endSessions(this.request.user!.id))
    return this.wantsPage ? this.redirect(this.url('Sessions')) : { error_code: 0, error_msg: 'ok' }
  }

  async invalid(mistake: Mistake) {
    return this.render('sessions', { sessions: await this.request.ownSessions(), mistake })
  }
}
