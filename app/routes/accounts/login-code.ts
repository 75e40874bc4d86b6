/** `/login/code`: the second step of a sign-in, for accounts with a second factor. */
import { SecondStepOver } from '../../errors.ts'
import { WithNext } from '../../schemas/accounts.ts'
import { carriedIn } from '../../schemas/carried-form.ts'
import { SecondStepBody } from '../../schemas/second-factor.ts'
import { Done } from '../../schemas/answers.ts'
import { withNextPath } from '../../values/next-path.ts'
import { type FormErrors, View } from '../../view.ts'
import { checkSecondStep, codePage, completeSignIn } from './begin-session.ts'
import { signInPage } from './login.ts'

const schema = { querystring: WithNext, body: SecondStepBody }

export class LoginCode extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Sign in: send the code of the second factor', guests: true, responses: { 200: Done } }
  }

  async get() {
    const { next } = this.request.query
    if (!(await this.request.readSecondStep())) return this.redirect(withNextPath(this.url('Login'), next))
    return codePage(this.reply, { next })
  }

  async post() {
    const { request, reply } = this
    const { code, ...target } = request.body
    const user = await request.readSecondStep()
    if (!user) throw new SecondStepOver()
    await checkSecondStep(request, user, code)
    reply.endSecondStep()
    return completeSignIn(request, reply, user, target)
  }

  async invalid(formErrors: FormErrors | null) {
    const { request, reply } = this
    const { next } = WithNext.parse(this.typed)
    const target = { next, carried: carriedIn(request.body) }
    if (await request.readSecondStep()) return codePage(reply, target, formErrors)
    return signInPage(request, reply, { ...target, typed: { next }, formErrors })
  }
}
