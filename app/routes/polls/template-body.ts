/** Reads what a template stores. */
import type { FastifyRequest } from 'fastify'
import { unlessRefused } from '../../app-error.ts'
import { TemplateOutdated } from '../../errors.ts'
import type { Draft } from '../../models/polls/draft.ts'
import { PollBody } from '../../schemas/poll.ts'
import { type Current, draftOf } from './poll-draft.ts'

/**
 * Reads a stored body as a new poll is read; the time for which it is kept is checked when the form is sent. Throws
 * TemplateOutdated for one that this version does not accept.
 */
export function draftOfTemplate(poll: unknown, timeZone: string): Draft {
  const read = PollBody.safeParse(poll)
  if (!read.success) throw new TemplateOutdated()
  return draftOf(read.data, { time_zone: timeZone, retention_days: null, max_retention_days: null })
}

/** Returns what a form that began with this template has shown; null without one, and if it is gone. */
export async function shownTemplate({ server, user }: FastifyRequest, id: number | undefined) {
  if (id === undefined || !user) return null
  const read = async (): Promise<Current> => {
    const { poll } = await server.templates.get(user.id, id)
    return { ...draftOfTemplate(poll, server.timeZone), close_time: null }
  }
  return unlessRefused(read(), null)
}
