/** Input that closes, reopens and deletes a poll. */
import { z } from 'zod'
import { backField, optionalBody } from './fields.ts'
import { closeTime, sentTime } from './poll.ts'
import { ReturnRoom } from './questions.ts'

/** Where to return, instead of to the manage page. */
export const ActBody = optionalBody(z.object({ back: backField, room: ReturnRoom }))

/** Reopens a poll with a new closing time; null (in a form: empty) for none. */
export const ReopenBody = optionalBody(z.object({ close_time: closeTime('UTC'), room: ReturnRoom }))
/** Reopens a poll, as a form. */
export const ReopenForm = optionalBody(
  z.object({ close_time: z.preprocess(sentTime, closeTime(null)), room: ReturnRoom })
)
