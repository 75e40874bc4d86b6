/**
 * The cookie between the password and the code of the second factor. It gives nothing but the right
 * to send a code.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import type { User } from '../models/accounts/user-row.ts'
import { SecondStep } from '../schemas/second-factor.ts'
import { addressOf } from '../view.ts'
import { createSignedJson } from './signing.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Returns the user who gave the password in this browser. Null: none, too long ago, or the
     * sessions or the second factor were ended.
     */
    readSecondStep(): Promise<User | null>
  }
  interface FastifyReply {
    beginSecondStep(user: User): void
    endSecondStep(): void
  }
}

/** Long enough to find a phone. */
const STEP_SECONDS = 300

export const secondStep = fp<Pick<Config, 'session'>>(
  async (app, { session }) => {
    const steps = createSignedJson('second step', session, SecondStep, STEP_SECONDS)
    const path = () => addressOf(app, 'LoginCode')
    app.preferCookie('step', value => steps.read(value) !== null)

    app.decorateRequest('readSecondStep', async function (this: FastifyRequest) {
      const step = steps.read(this.cookies.step)
      if (!step) return null
      const user = await app.users.find(step.user)
      return user?.session_epoch === step.epoch && user.second_factor ? user : null
    })

    app.decorateReply('beginSecondStep', function (this: FastifyReply, user) {
      const value = steps.write({ user: user.id, epoch: user.session_epoch })
      this.setOwnCookie('step', value, { maxAge: STEP_SECONDS, path: path() })
    })

    app.decorateReply('endSecondStep', function (this: FastifyReply) {
      this.clearOwnCookie('step', path())
    })
  },
  { name: 'second-step', fastify: '5.x', dependencies: ['cookies', 'views', 'account-models'] }
)
