/** `/login`: GET shows the form, POST begins a session. `/logout`: POST ends it. */
import { PasswordsOff } from '../../errors.ts'
import { Done } from '../../schemas/answers.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { carriedIn, type CarriedForm } from '../../schemas/carried-form.ts'
import { Credentials, typedAgain, WithNext } from '../../schemas/accounts.ts'
import { type FormErrors, pageVary, View } from '../../view.ts'
import { openPolls } from '../polls/open-polls.ts'
import { adoptFrom } from '../voting/voter.ts'
import { ok } from '../responses.ts'
import { siteOf } from './set-up.ts'

interface SignIn {
  typed: { next?: unknown }
  done?: string | undefined
  formErrors?: FormErrors | null
  /** The carried form, which is sent after sign-in. */
  carried?: CarriedForm | undefined
  /** The carried form is a vote, and an account that used this browser has voted in that poll. */
  hasVoted?: boolean
  /** The refused form was too large to be carried. */
  isLost?: boolean
}

/**
 * Shows one of three pages: set-up while there is no account, the front door to a guest who came
 * for nothing in particular, or the sign-in form alone.
 */
export async function signInPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { typed, done, formErrors = null, carried, hasVoted = false, isLost = false }: SignIn
) {
  const isFirst = await request.server.registrationRules.awaitsFirst()
  const isFrontDoor = !carried && !isLost && !formErrors && (typed.next ?? '/') === '/'
  const page = {
    typed,
    done,
    formErrors,
    carried: carried ?? null,
    carriedText: JSON.stringify(carried),
    hasVoted,
    isLost,
    isFirst,
    site: siteOf(request.server),
    polls: isFrontDoor ? await openPolls(request) : []
  }
  const showsSetUp = isFirst && request.server.hasPasswords
  const template = isFrontDoor ? (showsSetUp ? 'accounts/set-up' : 'accounts/front-door') : 'accounts/login'
  return reply.header('vary', pageVary).page(template, page)
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
    const { account, password, next, carried } = this.request.body
    if (!this.app.hasPasswords) throw new PasswordsOff()
    await this.request.signIn(await this.app.users.authenticate(account, password, this.request.ip))
    await adoptFrom(this.request, this.reply, next)
    if (!this.wantsPage) return ok()
    return carried ? this.request.sendAsSignedIn(this.reply, carried) : this.redirectInside(next)
  }

  invalid(formErrors: FormErrors | null) {
    return this.form({ typed: typedAgain(this.typed), formErrors, carried: carriedIn(this.request.body) })
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
