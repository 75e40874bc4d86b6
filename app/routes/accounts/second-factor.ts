/**
 * `/account/second-factor`: sets the second factor up, turns it off, replaces the recovery codes.
 */
import {
  ChangedSecondFactor,
  SecondFactorBody,
  SecondFactorQuery,
  SecondFactorState
} from '../../schemas/second-factor.ts'
import { type FormErrors, View } from '../../view.ts'
import { qrCode } from '../polls/qr.ts'
import { ok } from '../responses.ts'

const schema = { querystring: SecondFactorQuery, body: SecondFactorBody }

export class SecondFactor extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'Read whether the own account has a second factor; without one, a secret for it',
      responses: { 200: SecondFactorState }
    },
    post: {
      summary: 'Turn the second factor on or off, or replace its recovery codes',
      responses: { 200: ChangedSecondFactor }
    }
  }

  async get() {
    if (this.wantsPage) return this.page(null, this.request.query.done)
    const { id, second_factor } = this.request.member
    if (!second_factor) {
      const offer = await this.app.secondFactor.offer(id)
      return { second_factor, recovery_codes_left: 0, ...offer }
    }
    return { second_factor, recovery_codes_left: await this.app.secondFactor.codesLeft(id) }
  }

  /** The answer is the only one that holds the recovery codes. */
  async post() {
    const { request } = this
    const codes = await this.change()
    request.log.info({ user: request.member.id, act: request.body.act }, 'the second factor was changed')
    if (!this.wantsPage) return ok(codes ? { recovery_codes: codes } : {})
    if (!codes) return this.redirectDone(this.url('SecondFactor'), 'off')
    return this.render('accounts/recovery-codes', { codes })
  }

  invalid(formErrors: FormErrors | null) {
    return this.page(formErrors)
  }

  /** Returns the recovery codes, where the act makes some. */
  private async change(): Promise<string[] | null> {
    const { app, request } = this
    const { act, setup, current, code } = request.body
    const { id } = request.member
    const proof = request.proof(current)
    if (act === 'on') return app.secondFactor.turnOn(id, proof, setup, code)
    if (act === 'codes') return app.secondFactor.renewCodes(id, proof, code)
    await app.secondFactor.turnOff(id, proof, code)
    return null
  }

  private async page(formErrors: FormErrors | null, done?: string) {
    const { app, request } = this
    const { id, second_factor } = request.member
    const { setup } = this.typed as { setup?: unknown }
    const offer = second_factor
      ? null
      : await app.secondFactor.offer(id, typeof setup === 'string' ? setup : '')
    const page = {
      formErrors,
      done,
      asksPassword: await app.accounts.asksPassword(id),
      offer,
      code: offer && qrCode(offer.address),
      codesLeft: second_factor ? await app.secondFactor.codesLeft(id) : 0
    }
    return this.render('accounts/second-factor', page)
  }
}
