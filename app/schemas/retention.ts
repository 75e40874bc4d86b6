/** Days from the closing of a poll to its deletion, as JSON and as a field of a form. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { plainDigits, readNumber } from '../values/digits.ts'
import { MAX_RETENTION_DAYS } from '../values/retention.ts'

/** Null: the poll is kept. Left out: as the instance has it, or unchanged. */
export const retentionDays = z
  .int(messageKey('wholeNumber'))
  .min(1, messageKey('atLeast', 1))
  .max(MAX_RETENTION_DAYS, messageKey('atMost', MAX_RETENTION_DAYS))
  .nullish()

/** The same as a form: an empty field is null. */
export const retentionDaysField = z
  .preprocess(value => {
    if (typeof value !== 'string') return value
    return plainDigits(value).trim() === '' ? null : readNumber(value)
  }, retentionDays)
  .meta({ accepts: { type: ['string', 'integer', 'null'], pattern: '^[0-9]{0,4}$' } })
