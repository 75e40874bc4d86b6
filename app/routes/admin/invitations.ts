/** `/admin/invitations`: links by which others register; POST makes one. `/admin/invitations/:id` revokes one. */
import { InvitationList, NewInvitation } from '../../schemas/account-answers.ts'
import { InvitationId } from '../../schemas/administration.ts'
import { Done } from '../../schemas/answers.ts'
import { View } from '../../view.ts'
import { ok } from '../responses.ts'
import { logAct } from '../act-log.ts'

export class AdminInvitations extends View {
  static override readonly operations = {
    get: { summary: 'List invitations to register', responses: { 200: InvitationList } },
    post: { summary: 'Make an invitation to register', responses: { 201: NewInvitation } }
  }

  async get() {
    if (this.wantsPage) return this.page(null)
    const invitations = await this.app.accountInvitations.list()
    return { invitations: invitations.map(({ isOpen: is_open, ...rest }) => ({ ...rest, is_open })) }
  }

  /** The answer is the only one that holds the link. */
  async post() {
    const { id: admin } = this.request.user! // requireAdmin comes before
    const { id, token, expires_time } = await this.app.accountInvitations.create(admin)
    logAct(this.request, { act: 'invite' })
    const made = { id, link: this.app.link(this.url('RegisterInvited', { invitation: token })), expires_time }
    this.reply.code(201)
    return this.wantsPage ? this.page(made) : ok(made)
  }

  private async page(made: object | null) {
    return this.render('admin/invitations', { invitations: await this.app.accountInvitations.list(), made })
  }
}

const schema = { params: InvitationId }

export class AdminInvitation extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Revoke an invitation, as a form does', responses: { 200: Done } },
    delete: { summary: 'Revoke an invitation to register', responses: { 200: Done } }
  }

  async delete() {
    const { user, params } = this.request
    await this.app.accountInvitations.revoke(params.id, user!.id)
    logAct(this.request, { act: 'uninvite' })
    return ok()
  }

  async post() {
    const done = await this.delete()
    return this.wantsPage ? this.redirect(this.url('AdminInvitations')) : done
  }
}
