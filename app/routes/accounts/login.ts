/** `/login`: GET shows the form, POST begins a session. `/logout`: POST ends it. */
import { SecondCodeRequired } from '../../errors.ts'
import { Done } from '../../schemas/answers.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { User } from '../../models/accounts/user-row.ts'
import { carriedIn, type CarriedForm } from '../../schemas/carried-form.ts'
import { Credentials, WithNext } from '../../schemas/accounts.ts'
import { leadsToPoll, withNextPath } from '../../values/next-path.ts'
import { type FormErrors, View } from '../../view.ts'
import { openPolls } from '../polls/open-polls.ts'
import { ok, sendSharedPage } from '../responses.ts'
import { checkSecondStep, codePage, completeSignIn, signInFields } from './begin-session.ts'
import { siteOf } from './set-up.ts'

interface SignIn {
  typed: { next?: unknown }
  done?: string | undefined
  formErrors?: FormErrors | null
  /** The carried form, which is sent after sign-in. */
  carried?: CarriedForm | undefined
  /** The carried form is a vote, and an account that used this browser has voted in that poll. */
  hasVoted?: boolean
  /**
   * The refused form: too large to be carried, or with a file (`sent`), or kept for a sign-in and
   * gone by now (`kept`).
   */
  lost?: 'sent' | 'kept' | undefined
}

/**
 * Shows one of three pages: set-up while there is no account, the front door to a guest who came
 * for nothing in particular, or the sign-in form alone.
 */
export async function signInPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { typed, done, formErrors = null, carried, hasVoted = false, lost }: SignIn
) {
  const { server } = request
  const isCurrent = server.questions.beginList()
  const isFirst = await server.registrationRules.awaitsFirst()
  const isFrontDoor = !carried && !lost && !formErrors && (typed.next ?? '/') === '/'
  const page = {
    typed,
    done,
    formErrors,
    carried,
    hasVoted,
    lost,
    leadsToPoll: leadsToPoll(typed.next),
    isFirst,
    site: siteOf(server),
    polls: isFrontDoor ? await openPolls(request) : []
  }
  if (isFrontDoor && !isFirst) return sendSharedPage(request, reply, 'accounts/front-door', page, isCurrent)
  const showsSetUp = isFirst && server.hasPasswords
  const template = isFrontDoor ? (showsSetUp ? 'accounts/set-up' : 'accounts/front-door') : 'accounts/login'
  return reply.page(template, page)
}

const schema = { querystring: WithNext, body: Credentials }

export class Login extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Sign in: begin a session', guests: true, responses: { 200: Done } }
  }

  get() {
    const { next, done } = this.request.query
    return this.form({ typed: { next }, done })
  }

  async post() {
    const { app, request, reply } = this
    const { account, password, code, next, carried } = request.body
    const user = await app.users.authenticate(account, password, request.ip)
    if (user.second_factor && !code) return this.askForCode(user, { next, carried })
    if (user.second_factor && code) await checkSecondStep(request, user, code)
    return completeSignIn(request, reply, user, { next, carried })
  }

  invalid(formErrors: FormErrors | null) {
    return this.form({ typed: signInFields(this.typed), formErrors, carried: carriedIn(this.request.body) })
  }

  private askForCode(user: User, { next, carried }: { next: string; carried: CarriedForm | undefined }) {
    if (!this.wantsPage) throw new SecondCodeRequired('code')
    this.reply.beginSecondStep(user)
    if (carried) return codePage(this.reply, { next, carried })
    return this.redirect(withNextPath(this.url('LoginCode'), next))
  }

  private form(form: SignIn) {
    return signInPage(this.request, this.reply, form)
  }
}

export class Logout extends View {
  static override readonly operations = {
    post: { summary: 'Sign out: end the session', guests: true, responses: { 200: Done } }
  }

  async post() {
    await this.request.signOut(this.reply)
    return this.wantsPage ? this.redirect(this.url('Login')) : ok()
  }
}
