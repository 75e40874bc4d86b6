/** Reports of polls. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { doneField } from './fields.ts'
import { ReturnCode } from './questions.ts'
import { hasVisible } from '../values/text.ts'
import { lines } from './text.ts'

const MAX_REASON_LENGTH = 500

export const ReportQuery = z.object({ done: doneField('1'), room: ReturnCode })
export const ReportBody = z.object({
  reason: lines(MAX_REASON_LENGTH, messageKey('reason'))
    .refine(hasVisible, messageKey('reason'))
    .meta({ minLength: 1, maxLength: MAX_REASON_LENGTH }),
  room: ReturnCode
})
