/**
 * Input that limits a poll: how many voters an option and the poll take, and how many votes decide.
 */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { oneOf, wholeNumber } from './fields.ts'
import { plainDigits, readNumber } from '../values/digits.ts'
import { MAX_OPTIONS } from '../values/kinds.ts'
import { SEPARATORS } from '../values/list.ts'
import { THRESHOLDS } from '../values/results.ts'

/** More than any poll has voters. */
const MAX_SEATS = 10_000_000

const seats = wholeNumber(1, MAX_SEATS)

/** Seats as JSON: a number for every option, or one for each; null: without a limit. */
export const capacity = z
  .union([seats, z.array(seats.nullable()).max(MAX_OPTIONS)], messageKey('seats'))
  .nullish()
export const maxBallots = seats.nullish().transform(most => most ?? null)

/** Votes that a result needs to decide. */
export const quorum = maxBallots
/** Percent of the invited that has to vote for a result to decide; only of a voter list. */
export const quorumPercent = wholeNumber(1, 100)
  .nullish()
  .transform(percent => percent ?? null)
/** What an option needs to win; empty and null: the most votes. */
export const threshold = z
  .preprocess(value => value || null, oneOf(...THRESHOLDS).nullable())
  .meta({ accepts: { enum: [...THRESHOLDS, '', null] } })

const BETWEEN_SEATS = new RegExp(`[${SEPARATORS}]`)

/** "2,500" can be a number with a mark for its thousands, and the seats of two options. */
const GROUPED = /^[0-9]{1,2}(?:[,\u060c][0-9]{3})+$/

/** Reads "10", or "10, 20, -": a number for each option, or none. */
function readSeats(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const plain = plainDigits(value)
  if (plain.trim() === '') return undefined
  if (GROUPED.test(plain.trim())) return Number.NaN
  const parts = plain.split(BETWEEN_SEATS)
  if (parts.length === 1) return readNumber(plain)
  return parts.map(part => (/^[ \p{Pd}]*$/u.test(part) ? null : readNumber(part)))
}

/** Seats as a form: "10", or "10, 20" with a number for each option. */
export const capacityField = z
  .preprocess(readSeats, capacity)
  .meta({ accepts: { type: 'string', description: 'A number, or one for each option: `10, 20, 5`.' } })
export const maxBallotsField = z
  .preprocess(readSeats, maxBallots)
  .meta({ accepts: { type: 'string', pattern: '^[0-9]{0,9}$' } })

/** The same as a form: "50" or "50 %". */
export const quorumPercentField = z
  .preprocess(
    value =>
      typeof value === 'string' ? readSeats(plainDigits(value).replace(/[%\u066A] {0,8}$/, '')) : value,
    quorumPercent
  )
  .meta({ accepts: { type: 'string', pattern: '^[0-9]{0,3} ?%?$' } })

interface Seated {
  capacity?: z.output<typeof capacity>
  choice_text: readonly string[]
}

/** Returns the seats of each option; empty: no option has a limit. */
export function capacitiesOf({ capacity: sent, choice_text }: Seated): Array<number | null> {
  if (typeof sent === 'number') return choice_text.map(() => sent)
  return sent ?? []
}
