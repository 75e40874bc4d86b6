/** Days from the closing of a poll to its deletion, as JSON and as a field of a form. */
import { z } from 'zod'
import { plainDigits, readNumber } from '../values/digits.ts'
import { MAX_RETENTION_DAYS } from '../values/retention.ts'
import { wholeNumber } from './fields.ts'

/** Null: the poll is kept. Left out: as the instance has it, or unchanged. */
export const retentionDays = wholeNumber(1, MAX_RETENTION_DAYS).nullish()

/** The same as a form: an empty field is null. */
export const retentionDaysField = z
  .preprocess(value => {
    if (typeof value !== 'string') return value
    return plainDigits(value).trim() === '' ? null : readNumber(value)
  }, retentionDays)
  .meta({ accepts: { type: ['string', 'integer', 'null'], pattern: '^[0-9]{0,4}$' } })
