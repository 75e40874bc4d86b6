/** Rooms: what creates and changes one, the join code, and what the resources answer. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { plainCode, plainJoinCode } from '../values/digits.ts'
import { MAX_ROOM_POLLS } from '../values/room.ts'
import { asList } from '../values/list.ts'
import { Id, okWith, Time } from './answers.ts'
import { backField, doneField, oneOf, ownField } from './fields.ts'
import { Question } from './poll-answers.ts'
import { formId, jsonId, sentFormId, type SentId, sentJsonId, TextId } from './ids.ts'
import { line } from './text.ts'

const CODE = /^[0-9]{6}$/
/** Characters of an address that leads into a room. */
const MAX_TYPED = 200

/** A join code as people type it, or an address that leads into a room. */
export const JoinCode = z
  .preprocess(
    value => (typeof value === 'number' ? String(value) : value),
    z
      .string(messageKey('joinCode'))
      .max(MAX_TYPED, messageKey('joinCode'))
      .transform(plainJoinCode)
      .refine(code => code !== '', messageKey('joinCode'))
  )
  .meta({ accepts: { type: 'string', pattern: CODE.source } })

export const JoinBody = z.object({ code: JoinCode })
/** A code in an address. Screens show it in two groups, and people type it so. */
export const CodeParams = z.object({ code: z.string().overwrite(plainCode).regex(CODE) })
export const RoomParams = z.object({ room: TextId })
/** What was just done with a room, for the page after a redirect. */
export const RoomPageQuery = z.object({ done: doneField('saved', 'created', 'closed', 'opened') })
export const RoomsQuery = z.object({ done: doneField('deleted') })

const title = line(100, messageKey('roomTitle'))

const polls = (id: z.ZodType<number>, items: SentId) =>
  z
    .preprocess(
      asList,
      z
        .array(id, messageKey('ownPolls'))
        .min(1, messageKey('pollsOfRoom'))
        .max(MAX_ROOM_POLLS, messageKey('tooManyPolls', MAX_ROOM_POLLS))
        .refine(ids => new Set(ids).size === ids.length, messageKey('samePolls'))
    )
    .meta({ accepts: { type: 'array', items, minItems: 1, maxItems: MAX_ROOM_POLLS, uniqueItems: true } })

const PollId = jsonId(messageKey('ownPolls'))
const FormPollId = formId(messageKey('ownPolls'))
const jsonPolls = polls(PollId, sentJsonId)
const formPolls = polls(FormPollId, sentFormId)

export const RoomBody = z.object({ title, questions: jsonPolls })
export const RoomForm = z.object({ title, questions: formPolls })

const act = oneOf('open', 'close', 'delete', 'count', 'hide-count')

/** How a form changes the room's list: a poll moves or goes out. */
const Move = ownField(z.string().regex(/^(up|down|out):[1-9][0-9]{0,15}$/))

/** A poll that a form adds to the room's list; empty: none. */
const Added = z.preprocess(value => value || undefined, FormPollId.optional()).meta({ isInternal: true })

const change = { title: title.optional(), act: act.optional(), move: Move, add: Added }

/**
 * Changes a room: what is missing stays. A form names no list, because it may be older than the
 * room's.
 */
export const RoomChange = z.object({ ...change, questions: jsonPolls.optional() })
export const RoomChangeForm = z.object(change)

export const ActiveBody = z.object({ question: PollId, back: backField })
export const ActiveForm = z.object({ question: FormPollId, back: backField })

const room = {
  id: Id,
  title: z.string(),
  code: z.string().nullable().describe('Six digits, by which voters join; null: the room is closed.'),
  open: z.boolean(),
  link: z.url().nullable().describe('The address to share; null: the room is closed.'),
  active: Id.nullable().describe('The poll that is shown now.'),
  show_count: z.boolean().describe('Whether the screen shows the number of votes of a hidden result.'),
  questions: z
    .array(
      z.object({
        id: Id,
        slug: z.string(),
        question_text: z.string(),
        open: z.boolean(),
        voters: z.int().min(0)
      })
    )
    .describe('In the order in which they are shown.'),
  create_time: Time
}

export const Room = z.object(room).meta({ id: 'Room', description: 'A room as its organiser sees it.' })
export const RoomList = z.object({ rooms: z.array(Room) }).meta({ id: 'RoomList' })
export const ChangedRoom = okWith(room).meta({ id: 'ChangedRoom' })

export const RoomPresented = z
  .object({ room: Room, question: Question.nullable().describe('As the screen shows it.') })
  .meta({ id: 'RoomPresented' })

const joined = {
  title: z.string(),
  code: z.string(),
  question: Question.nullable().describe('The poll that is shown now; null: none yet.')
}

export const JoinedRoom = z
  .object(joined)
  .meta({ id: 'JoinedRoom', description: 'A room as a voter sees it.' })
export const EnteredRoom = okWith(joined).meta({ id: 'EnteredRoom' })
