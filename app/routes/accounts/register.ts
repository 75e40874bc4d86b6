/**
 * `/register`: GET shows the form, POST creates the account and signs in. `/register/:invitation`:
 * the same by an invitation.
 */
import { Done } from '../../schemas/answers.ts'
import { AccountTaken } from '../../errors.ts'
import { carriedIn, type CarriedForm } from '../../schemas/carried-form.ts'
import { InvitationParams, Registration, WithNext } from '../../schemas/accounts.ts'
import { displayDomains } from '../../values/registration.ts'
import { doneAddress, type FormErrors, View } from '../../view.ts'
import type { Operations, ViewRequest } from '../../view-schema.ts'
import { openPolls } from '../polls/open-polls.ts'
import { ok } from '../responses.ts'
import { completeSignIn, signInFields } from './begin-session.ts'
import { setUp, siteOf } from './set-up.ts'

const schema = { querystring: WithNext, body: Registration }

/** The home page says that the site is set up, and leads to the first poll. */
const AFTER_SET_UP = doneAddress('/', 'set-up')

interface RegistrationPage {
  typed: object
  formErrors?: FormErrors | null
  carried?: CarriedForm | undefined
  /** A link that confirms the address is on its way. */
  isSent?: boolean
}

/** Registration on one of its two addresses. */
export class Register extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations: Operations = {
    post: { summary: 'Create an account, and sign in', guests: true, responses: { 201: Done, 202: Done } }
  }

  /** The token of the invitation in the address. */
  protected get invitation(): string | undefined {
    return undefined
  }

  protected get address(): string {
    return this.url('Register')
  }

  async get() {
    await this.app.registrationRules.requireOpen(this.invitation)
    const { next, done } = this.request.query
    return this.form({ typed: { next }, isSent: done === 'confirm' })
  }

  async post() {
    const { body, ip } = this.request
    if (await this.app.registrationRules.needsConfirmation(body.email, this.invitation))
      return this.askToConfirm()
    await this.app.sessions.requireSpace()
    const user = await this.app.users.register({ ...body, invitation: this.invitation }, ip)
    if (user.is_admin) await setUp(this.app, user.id, body)
    if (!this.wantsPage) this.reply.code(201)
    const next = user.is_admin && body.next === '/' ? AFTER_SET_UP : body.next
    return completeSignIn(this.request, this.reply, user, { ...body, next })
  }

  invalid(formErrors: FormErrors | null) {
    return this.form({ typed: signInFields(this.typed), formErrors, carried: carriedIn(this.request.body) })
  }

  /**
   * Sends the link that makes the account. A carried form is not kept: the link leads back to its
   * page.
   */
  private async askToConfirm() {
    const { app, request } = this
    const { next } = request.body
    const linkOf = (token: string) => app.link(this.url('Confirm', { token }))
    const { tag: locale } = request.locale
    await app.pendingAccounts.ask(request.body, request.ip, { locale, next, linkOf })
    app.mailSender?.wake()
    if (this.wantsPage) return this.redirectDone(this.address, 'confirm')
    this.reply.code(202)
    return ok()
  }

  private async form({ typed, formErrors = null, carried, isSent = false }: RegistrationPage) {
    const isFirst = await this.app.registrationRules.awaitsFirst()
    const { registration, registration_domains: domains } = this.app.settings.current
    const isByDomain = registration === 'domains' && !isFirst && this.invitation === undefined
    // The form of the set-up page comes here: refused, it stays on its page.
    const isSetUp = isFirst && formErrors !== null && !carried && this.invitation === undefined
    return this.render(isSetUp ? 'accounts/set-up' : 'accounts/register', {
      isTaken: formErrors?.cause instanceof AccountTaken,
      action: this.address,
      isSent,
      domains: isByDomain ? displayDomains(domains) : '',
      typed,
      formErrors,
      carried,
      isFirst,
      site: siteOf(this.app),
      polls: isSetUp ? await openPolls(this.request) : []
    })
  }
}

const invitedSchema = { ...schema, params: InvitationParams }

export class RegisterInvited extends Register {
  declare readonly request: ViewRequest<typeof invitedSchema>
  static override readonly schema = invitedSchema
  static override readonly operations: Operations = {
    post: { summary: 'Create an account by an invitation', guests: true, responses: { 201: Done } }
  }

  protected override get invitation() {
    return this.request.params.invitation
  }

  protected override get address() {
    return this.url('RegisterInvited', { invitation: this.invitation })
  }

  /** Checks the invitation without using it. */
  override async get() {
    await this.app.accountInvitations.check(this.invitation)
    // The address lets a person register: requests of this page must not send it as Referer.
    this.reply.header('referrer-policy', 'strict-origin')
    return super.get()
  }

  override async post() {
    await this.app.accountInvitations.check(this.invitation)
    return super.post()
  }
}
