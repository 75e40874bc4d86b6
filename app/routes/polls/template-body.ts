/** Reads what a template stores. */
import { TemplateOutdated } from '../../errors.ts'
import type { Draft } from '../../models/polls/draft.ts'
import { PollBody } from '../../schemas/poll.ts'
import { draftOf } from './poll-draft.ts'

/**
 * Reads a stored body as a new poll is read; the time for which it is kept is checked when the form is sent. Throws
 * TemplateOutdated for one that this version does not accept.
 */
export function draftOfTemplate(poll: unknown, timeZone: string): Draft {
  const read = PollBody.safeParse(poll)
  if (!read.success) throw new TemplateOutdated()
  return draftOf(read.data, { time_zone: timeZone, retention_days: null, max_retention_days: null })
}
