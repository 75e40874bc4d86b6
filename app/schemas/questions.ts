/** Input of the routes of a question. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { digits, doneField, flag, oneOf, ownField, wholeNumber } from './fields.ts'
import { MAX_OPTIONS } from '../values/kinds.ts'
import { asList } from '../values/list.ts'
import { After, formId, jsonId, sentFormId, type SentId, sentJsonId, TextId } from './ids.ts'
import { LinkToken, searched } from './text.ts'

/** A slug contains a letter, so that it cannot be confused with an id. */
const Slug = z.string().regex(/^(?=.*[A-Za-z])[A-Za-z0-9_-]{11,40}$/)

/** The question of a URL: its slug, or its id if it is listed. */
export const QuestionRef = z.union([TextId, Slug])
export type QuestionRef = z.output<typeof QuestionRef>

export const QuestionParams = z.object({ question: QuestionRef })
/** An invitation or a webhook of a poll. */
export const QuestionPartParams = QuestionParams.extend({ id: TextId })

/** The join code of the room whose page sends a form, and to which the answer returns. */
export const ReturnCode = ownField(z.string().regex(/^[0-9]{6}$/))

/** The room whose remote control sends a form, and to which the answer returns. */
export const ReturnRoom = ownField(TextId)

export const RoomQuery = z.object({ room: ReturnCode })
export const RemoteQuery = z.object({ room: ReturnRoom })
const DONE = [
  'withdrawn',
  'closed',
  'reopened',
  'amended',
  'claimed',
  'saved',
  'marked',
  'edited',
  'unmarked',
  'embedded',
  'decided',
  'undecided'
] as const
/** What the viewer has just done, for the page after a redirect. */
export const DoneQuery = z.object({
  done: doneField(...DONE)
})
export type Done = (typeof DONE)[number]

/**
 * `of`: the poll in which the viewer has just voted or withdrawn their vote. The room may show
 * another one by then.
 */
export const JoinedQuery = DoneQuery.extend({ of: ownField(Slug) })

/** `t`: the token of an invitation, or of a manage link. */
export const QuestionQuery = DoneQuery.extend({ t: LinkToken })

/** After a change was saved, the page of the form says so. */
export const SavedQuery = z.object({
  done: doneField('saved')
})

/**
 * The format of a result, for links, because they cannot send an Accept header. What a sentence has
 * left behind it is dropped.
 */
const FormatQuery = z.object({
  format: z
    .preprocess(
      value => (typeof value === 'string' ? value.replace(/[^a-z]{1,8}$/, '') : value),
      oneOf('csv', 'json').optional()
    )
    .meta({ accepts: { type: 'string', enum: ['csv', 'json'] } })
})
/**
 * `sort`: the order of the options on the page of the result. `after`: where the list of names
 * continues.
 */
export const ResultsQuery = FormatQuery.extend({
  after: After,
  sort: ownField(z.enum(['votes', 'ballot'])),
  room: ReturnCode
})

/** The right options of a quiz; none: the poll is no quiz. */
const marked = (id: z.ZodType<number>, items: SentId) =>
  z.object({
    correct: z
      .preprocess(
        asList,
        z.array(id, messageKey('chooseOfThis')).max(MAX_OPTIONS, messageKey('chooseOfThis'))
      )
      .transform(ids => [...new Set(ids)])
      .meta({ accepts: { type: 'array', items, maxItems: MAX_OPTIONS } })
  })

export const QuizBody = marked(jsonId(messageKey('chooseOfThis')), sentJsonId)
export const QuizForm = marked(formId(messageKey('chooseOfThis')), sentFormId)

/** An hour: a later end is a closing time, which the form of the poll has. */
const MAX_TIMER_SECONDS = 3_600

const shown = oneOf('show', 'hide')

const timerSeconds = wholeNumber(0, MAX_TIMER_SECONDS)

/**
 * Shows or hides the result, or the number of votes, on screens; closes the poll after so many
 * seconds; 0 stops the timer.
 */
const present = <T extends z.ZodType<number>>(timer: T) =>
  z
    .object({ results: shown.optional(), count: shown.optional(), timer: timer.optional(), room: ReturnRoom })
    .refine(({ results, count, timer: seconds }) => (results ?? count ?? seconds) !== undefined, {
      path: ['results'],
      error: messageKey('oneOf', 'show', 'hide')
    })

export const PresentBody = present(timerSeconds)
export const PresentForm = present(digits(/^[0-9]{1,5}$/).pipe(timerSeconds))

/**
 * `screen`: the client is a big screen and gets no numbers while the organiser hides them there.
 * `once`: the client wants the first event only, because a proxy holds a stream back until it ends.
 */
export const EventsQuery = z.object({
  screen: flag,
  once: flag
})

export const ListQuery = z.object({
  q: searched(200),
  mine: flag,
  after: After,
  done: doneField('deleted')
})

/** The home page says that a poll was deleted, and that the site is set up. */
export const HomeQuery = z.object({
  done: doneField('deleted', 'set-up')
})

/** `after`: where the page of a long list continues. */
export const PagedFormatQuery = FormatQuery.extend({ after: After })
export const HistoryQuery = PagedFormatQuery.extend({ room: ReturnCode })
