/** What a template stores: as its JSON, and as a new poll. */
import type { FastifyRequest } from 'fastify'
import { unlessRefused } from '../../app-error.ts'
import { TemplateOutdated } from '../../errors.ts'
import type { Draft } from '../../models/polls/draft.ts'
import { PollBody } from '../../schemas/poll.ts'
import type { Template } from '../../models/polls/templates.ts'
import { cappedRetention, type RetentionRules } from '../../values/retention.ts'
import { type Current, draftOf, type Rules } from './poll-draft.ts'

/**
 * Returns a template whose poll is kept no longer than the instance allows now, as a duplicate is.
 */
export function allowedTemplate(template: Template, rules: RetentionRules): Template {
  const { retention_days: days } = template.poll
  if (days !== null && typeof days !== 'number') return template
  return { ...template, poll: { ...template.poll, retention_days: cappedRetention(days, rules) } }
}

/**
 * Reads a stored body as a new poll is read, which is kept no longer than the instance allows now.
 * Throws TemplateOutdated for one that this version does not accept.
 */
export function draftOfTemplate(poll: unknown, settings: Rules): Draft {
  const read = PollBody.safeParse(poll)
  if (!read.success) throw new TemplateOutdated()
  const { retention_days: days } = read.data
  return draftOf(
    { ...read.data, ...(days !== undefined && { retention_days: cappedRetention(days, settings) }) },
    settings
  )
}

/**
 * Returns what a form that began with this template has shown; null without one, and if it is gone.
 */
export async function shownTemplate({ server, user }: FastifyRequest, id: number | undefined) {
  if (id === undefined || !user) return null
  const read = async (): Promise<Current> => {
    const { poll } = await server.templates.get(user.id, id)
    const draft = draftOfTemplate(poll, server.settings.current)
    return { ...draft, close_time: null, quiz: draft }
  }
  return unlessRefused(read(), null)
}
