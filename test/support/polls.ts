/** Stores polls directly in the database. */
import { randomBytes } from 'node:crypto'
import { noteUnmailed } from './unmailed.ts'
import { questionSearchText } from '../../app/values/search-text.ts'
import { createPollKey } from '../../app/models/voting/poll-keys.ts'
import type { Audience } from '../../app/values/audience.ts'
import type { Privacy } from '../../app/values/privacy.ts'
import type { CountMethod, Kind } from '../../app/values/kinds.ts'
import type { SuggestionMode } from '../../app/values/suggestions.ts'
import { dateText, type OptionDate } from '../../app/values/dates.ts'
import type { FastifyInstance } from 'fastify'

interface Settings {
  question_text?: string
  user_id?: number
  kind?: Kind
  count_method?: CountMethod
  budget?: number
  min_choices?: number
  max_choices?: number
  max_fixed?: number
  max_ballots?: number
  quorum?: number
  threshold?: 'half' | 'two_thirds'
  quorum_percent?: number
  retention_days?: number | null
  closed_time?: string
  audience?: Audience
  privacy?: Privacy
  results?: 'always' | 'after_vote' | 'after_close' | 'owner'
  revote?: number
  suggestions?: SuggestionMode
  listed?: number
  close_time?: string | null
  description?: string
  time_zone?: string
  embed_origins?: string | null
}

/** The settings of a poll of dates; its options are in the zone of Berlin. */
export const ofDates = (options: number) =>
  ({ kind: 'answers', min_choices: options, max_choices: options, time_zone: 'Europe/Berlin' }) as const

/** Stores a poll and returns its id, its slug and the ids of its options. Listed by default. */
export async function ask(
  app: Pick<FastifyInstance, 'db'>,
  settings: Settings = {},
  options: Array<string | OptionDate> = ['Yes', 'No']
) {
  noteUnmailed(options)
  const slug = `t${randomBytes(12).toString('base64url')}`
  const given = { user_id: 1, question_text: 'Is it?', listed: 1, ...settings, slug }
  const columns = { ...given, search_text: questionSearchText(given.question_text) }
  const names = Object.keys(columns).join(', ')
  const { insertId: id } = await app.db.execute(`INSERT INTO question (${names}) VALUES ?`, [
    [Object.values(columns)]
  ])
  if (settings.privacy === 'anonymous') await app.db.transaction(tx => createPollKey(tx, id))
  const rows = options.map((option, n) => {
    const { starts, ends, text } =
      typeof option === 'string'
        ? { text: option, starts: null, ends: null }
        : { ...option, text: dateText(option, settings.time_zone ?? 'UTC') }
    return [id, n + 1, text, starts, ends]
  })
  await app.db.execute('INSERT INTO choice (question_id, position, choice_text, starts, ends) VALUES ?', [
    rows
  ])
  const sql = 'SELECT id FROM choice WHERE question_id = ? ORDER BY position'
  const choices = (await app.db.select<{ id: number }>(sql, [id])).map(choice => choice.id)
  return { id, slug, choices }
}

/** Changes settings of a question in the database and announces the change. */
export async function change(
  app: FastifyInstance,
  id: number,
  settings: Settings & { closed_time?: string | null; delete_flag?: number }
) {
  const set = Object.keys(settings).map(name => `${name} = ?`)
  if (['audience', 'listed', 'min_choices', 'max_choices'].some(name => name in settings))
    set.push('revision = revision + 1')
  await app.db.execute(`UPDATE question SET ${set.join(', ')} WHERE id = ?`, [...Object.values(settings), id])
  app.changeEvents.publishTallies([id])
}
