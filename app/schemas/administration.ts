/** Input of the administrators' pages. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { Digits } from './questions.ts'
import { isClean } from './text.ts'

export const UsersQuery = z.object({
  q: z
    .string()
    .trim()
    .max(254)
    .refine(text => isClean(text))
    .catch(''),
  after: Digits.optional().catch(undefined)
})

export const UserParams = z.object({ user: Digits })
export const UserAct = z.object({ act: z.enum(['disable', 'enable', 'reset'], messageKey('act')) })
export type UserAct = z.output<typeof UserAct>
