/**
 * `/admin/invitations`: links by which others register; POST makes one. `/admin/invitations/:id`
 * revokes one.
 */
import { InvitationList, NewInvitation } from '../../schemas/account-answers.ts'
import { MailOff, PasswordsOff, RegistrationClosed } from '../../errors.ts'
import { InvitationBody, InvitationsQuery } from '../../schemas/administration.ts'
import { Done } from '../../schemas/answers.ts'
import { IdParams } from '../../schemas/ids.ts'
import { displayEmail } from '../../values/email.ts'
import { type FormErrors, View } from '../../view.ts'
import type { ListPage } from '../list-page.ts'
import { RemovableView } from '../removable-view.ts'
import { ok } from '../responses.ts'
import { logAct } from '../act-log.ts'

const listSchema = { querystring: InvitationsQuery, body: InvitationBody }

/** An invitation that was made just now, with the address to which it is sent. */
interface Made {
  link: string
  expires_time: string
  email?: string | undefined
}

export class AdminInvitations extends View<typeof listSchema> {
  static override readonly schema = listSchema
  static override readonly operations = {
    get: { summary: 'List invitations to register', responses: { 200: InvitationList } },
    post: { summary: 'Make an invitation to register', responses: { 201: NewInvitation } }
  }

  async get() {
    if (this.wantsPage) return this.page(this.request.query)
    const invitations = await this.app.accountInvitations.list()
    return { invitations: invitations.map(({ isOpen: is_open, ...rest }) => ({ ...rest, is_open })) }
  }

  /** The answer is the only one that holds the link. */
  async post() {
    const { app, request } = this
    const { id: admin } = request.member
    const { email } = request.body
    if (!app.hasPasswords) throw new PasswordsOff() // an account of a provider is made without an invitation
    if (!app.registrationRules.admitsInvited) throw new RegistrationClosed()
    if (email && !app.mailSender) throw new MailOff()
    const linkOf = (token: string) => this.linkOf(token)
    const invited = email ? { email, linkOf, locale: request.locale.tag } : undefined
    const { id, token, expires_time } = await app.accountInvitations.create(admin, invited)
    app.mailSender?.wake()
    logAct(request, { act: 'invite' })
    const made = { id, link: this.linkOf(token), expires_time }
    this.reply.code(201)
    return this.wantsPage ? this.page({ made: { ...made, email: email && displayEmail(email) } }) : ok(made)
  }

  invalid(formErrors: FormErrors | null) {
    return this.page({ formErrors, typed: this.typed })
  }

  private linkOf(token: string) {
    return this.app.link(this.url('RegisterInvited', { invitation: token }))
  }

  private async page({ typed = {}, formErrors = null, made = null, done = null }: ListPage<Made>) {
    const { accountInvitations, registrationRules } = this.app
    const { admitsInvited } = registrationRules
    const invitations = await accountInvitations.list()
    return this.render('admin/invitations', { invitations, admitsInvited, typed, formErrors, made, done })
  }
}

const schema = { params: IdParams }

export class AdminInvitation extends RemovableView<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Revoke an invitation, as a form does', responses: { 200: Done } },
    delete: { summary: 'Revoke an invitation to register', responses: { 200: Done } }
  }

  protected async remove() {
    const { member, params } = this.request
    await this.app.accountInvitations.revoke(params.id, member.id)
    logAct(this.request, { act: 'uninvite' })
  }

  protected returnToList() {
    return this.redirectDone(this.url('AdminInvitations'), 'revoked')
  }
}
