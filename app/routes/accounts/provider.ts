/**
 * `/login/oidc` leads to the provider; `/login/oidc/callback` begins a session when the browser
 * comes back.
 */
import { OtherAccount, SignInExpired } from '../../errors.ts'
import { WithNext } from '../../schemas/accounts.ts'
import { Carried, carriedIn, type CarriedForm } from '../../schemas/carried-form.ts'
import { type Claims, type Flow, ProviderLoginBody } from '../../schemas/identity.ts'
import { withNextPath } from '../../values/next-path.ts'
import { type FormErrors, View } from '../../view.ts'
import { adoptFrom } from '../voting/adoption.ts'
import { connectionPage, leaveFor } from './connection.ts'
import { signInPage } from './login.ts'

const schema = { querystring: WithNext, body: ProviderLoginBody }

/** `Sec-Fetch-Site` of a link on a page of another site, or of another host of this one. */
const FOREIGN: ReadonlySet<unknown> = new Set(['cross-site', 'same-site'])

export class ProviderLogin extends View<typeof schema> {
  static override readonly schema = schema

  /**
   * A link of another site leads to the sign-in page: at the provider it could sign in without a
   * click, and move the vote of a guest to an account, whose name others see.
   */
  async get() {
    const { next } = this.request.query
    if (FOREIGN.has(this.request.headers['sec-fetch-site']))
      return this.redirect(withNextPath(this.url('Login'), next))
    return this.redirect(await this.reply.beginProviderFlow({ next, connect: null, form: null }))
  }

  /**
   * Keeps the carried form here: it is too large for a cookie, and its fields are not for the
   * provider.
   */
  async post() {
    const { request, app } = this
    const { next, carried } = request.body
    if (carried) await app.limits.waitingForm(request.ip)
    const form = carried ? await app.waitingForms.keep(JSON.stringify(carried)) : null
    if (carried && form === null)
      return signInPage(request, this.reply.code(413), { typed: { next }, lost: 'sent' })
    return leaveFor(this.reply, await this.reply.beginProviderFlow({ next, connect: null, form }))
  }

  invalid(formErrors: FormErrors | null) {
    const { request } = this
    const { next } = request.body ? WithNext.parse(this.typed) : request.query
    return signInPage(request, this.reply, { typed: { next }, formErrors, carried: carriedIn(request.body) })
  }
}

export class ProviderCallback extends View {
  #flow: Flow | null = null
  #carried: CarriedForm | undefined

  /**
   * The one GET that begins a session: only for the browser that has the cookie of this sign-in,
   * and once.
   */
  async get() {
    const { request, app } = this
    const flow = this.reply.takeProviderFlow()
    this.#flow = flow
    if (!flow || !(await app.limits.isFirstUse(flow.state, app.providerFlowSeconds)))
      throw new SignInExpired(request.user ? 'user' : undefined)
    if (flow.form !== null) {
      this.#carried = Carried.parse((await app.waitingForms.take(flow.form)) ?? undefined)
      // It was kept for too short a time, or by a replica of an earlier version.
      if (!this.#carried)
        return signInPage(request, this.reply.code(400), { typed: { next: flow.next }, lost: 'kept' })
    }
    const callback = new URL(app.providerCallback())
    callback.search = new URL(request.url, callback).search
    const claims = await app.provider!.claims(callback, flow) // its routes exist only with one
    return flow.connect === null ? this.signIn(flow, claims) : this.connect(flow.connect, claims)
  }

  invalid(formErrors: FormErrors | null) {
    if (this.#flow && this.#flow.connect !== null && this.request.user)
      return connectionPage(this.request, this.reply, { formErrors })
    // The fields of a registration are not on this page, their sentence is.
    const [sentence] = Object.values(formErrors?.fields ?? {})
    const shown = formErrors && { ...formErrors, message: sentence ?? formErrors.message, fields: undefined }
    const { next } = this.#flow ?? {}
    return signInPage(this.request, this.reply, {
      typed: { next },
      formErrors: shown,
      carried: this.#carried
    })
  }

  private async signIn({ next }: Flow, claims: Claims) {
    const { request, reply } = this
    await request.signIn(await this.app.identities.signIn(claims, request.ip), true)
    await adoptFrom(request, reply, next)
    return this.#carried ? request.sendAsSignedIn(reply, this.#carried) : this.redirectInside(next)
  }

  private async connect(userId: number, claims: Claims) {
    const { user } = this.request
    if (user?.id !== userId) throw new OtherAccount()
    await this.app.identities.connect(user, claims)
    this.request.log.info({ user: userId }, 'an identity was connected')
    return this.redirectDone(this.url('Connection'), 'connected')
  }
}
