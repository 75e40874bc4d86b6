/** What happened in a poll since a webhook was told, and the events that tell it. Pure. */
import type { Kind } from '../../values/kinds.ts'
import { fromDatabase } from '../../values/time.ts'
import type { EventType } from '../../values/webhooks.ts'

/** A new result is told at most once in this time. */
export const TALLY_INTERVAL_MS = 10_000

/** The revision that a poll is created with. */
const FIRST_REVISION = 1

/** A poll beside the state that the webhook was told last; null: it was told nothing. */
export interface PollNews {
  webhook_id: number
  events: string
  id: number
  slug: string
  question_text: string
  kind: Kind
  results: string
  revision: number
  tally_version: number
  voters: number
  open: number
  reopened_time: string | null
  reported_revision: number | null
  reported_tally_version: number | null
  reported_open: number | null
  reported_reopened_time: string | null
  tally_time: string | null
  now: string
}

/** The events of a change, and whether its tally counts as told. */
export interface Reported {
  types: EventType[]
  tally: 'reported' | 'later' | 'kept'
}

/**
 * Decides what a change tells; of a new poll also what has happened since it was created. Pure: the
 * tests are a table.
 */
export function eventsOf(change: PollNews): Reported {
  const isNew = change.reported_revision === null
  const types: EventType[] = isNew ? ['poll.opened'] : []
  const wasOpen = isNew || change.reported_open === 1
  const isReopened = change.reopened_time !== change.reported_reopened_time
  if (change.revision !== (change.reported_revision ?? FIRST_REVISION)) types.push('poll.edited')
  if (wasOpen && (isReopened || !change.open)) types.push('poll.closed')
  if (isReopened || (!wasOpen && change.open)) types.push('poll.opened')
  if (!wasOpen && isReopened && !change.open) types.push('poll.closed')
  if (isNew && change.voters === 0) return { types, tally: 'reported' }
  if (change.tally_version === change.reported_tally_version) return { types, tally: 'kept' }
  // Numbers that not everyone may see, or when they change, are told to no webhook.
  if (change.results !== 'always') return { types, tally: 'reported' }
  const last = change.tally_time === null ? 0 : fromDatabase(change.tally_time)
  if (fromDatabase(change.now) - last < TALLY_INTERVAL_MS) return { types, tally: 'later' }
  return { types: [...types, 'tally.changed'], tally: 'reported' }
}
