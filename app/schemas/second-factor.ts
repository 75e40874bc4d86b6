/** The second factor: what sets it up and uses it, and what the resource answers. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { doneField, oneOf } from './fields.ts'
import { CurrentPassword, Next } from './accounts.ts'
import { okWith } from './answers.ts'
import { Carried } from './carried-form.ts'

/**
 * A code of six digits, or a recovery code; spaces and hyphens between its characters are ignored.
 */
export const Code = z
  .string(messageKey('secondCode'))
  .trim()
  .min(1, messageKey('secondCode'))
  .max(64, messageKey('atMostCharacters', 64))

/** The second step of a sign-in. */
export const SecondStepBody = z.object({ code: Code, next: Next, carried: Carried })

/** What the browser keeps, signed, between the password and the code. */
export const SecondStep = z.object({
  user: z.int(),
  epoch: z.int(),
  /** Milliseconds since 1970. */
  until: z.number()
})

const ACTS = ['on', 'off', 'codes'] as const

export const SecondFactorQuery = z.object({
  done: doneField('off', 'required')
})

/**
 * Turns the second factor on or off, or replaces the recovery codes. `setup` is that of the offer.
 */
export const SecondFactorBody = z.object({
  act: oneOf(...ACTS),
  setup: z.string().max(512).catch('').default(''),
  current: CurrentPassword,
  code: Code
})

export const SecondFactorState = z
  .object({
    second_factor: z.boolean(),
    recovery_codes_left: z.int(),
    setup: z.string().optional().describe('To send back with the first code.'),
    secret: z.string().optional().describe('Base32, for an app that makes codes.'),
    address: z.string().optional().describe('The same as an `otpauth:` address.')
  })
  .meta({ id: 'SecondFactorState' })

export const ChangedSecondFactor = okWith({
  recovery_codes: z.array(z.string()).optional().describe('Each works once. They are not shown again.')
}).meta({ id: 'ChangedSecondFactor' })
