/** `choices` of a poll in JSON: its options as GET answers them. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { MAX_OPTION_ROWS } from '../values/kinds.ts'
import { type Body, isBody, isFilled } from './fields.ts'

const anything = z.unknown().optional()

/** What is read of an option. Its values are checked by the fields that they stand for. */
const Options = z.array(
  z.object({
    choice_text: anything,
    capacity: anything,
    starts: anything,
    ends: anything,
    delete_flag: z.literal([0, 1]).default(0)
  })
)
type Option = z.output<typeof Options>[number]

const isDate = ({ starts, ends }: Option) => isFilled(starts) || isFilled(ends)

/** Returns a value of each option; undefined where none has it. */
function valuesOf(options: readonly Option[], name: keyof Option): unknown[] | undefined {
  const values = options.map(option => option[name] ?? null)
  return values.some(isFilled) ? values : undefined
}

/** Returns the options as the fields of a poll; a field that no option needs is left out. */
function fieldsOf(options: readonly Option[]): Body {
  const dates = options.filter(isDate)
  return {
    choice_text: valuesOf(
      options.filter(option => !isDate(option)),
      'choice_text'
    ),
    choice_starts: valuesOf(dates, 'starts'),
    choice_ends: valuesOf(dates, 'ends'),
    capacity: valuesOf(options, 'capacity')
  }
}

/**
 * Reads `choices` of a poll in JSON as the fields that they stand for; options that are retired are
 * left out. A field that is sent too counts instead; `choices` becomes the error where the options
 * would lose what only `choices` has.
 */
export function readOptions(body: unknown): unknown {
  if (!isBody(body)) return body
  if (!isFilled(body.choices)) return { ...body, choices: undefined }
  const read = Options.safeParse(body.choices)
  if (!read.success) return { ...body, choices: messageKey('choicesAsAnswered') }
  const fields = fieldsOf(read.data.filter(({ delete_flag }) => delete_flag === 0))
  const { choices: _read, ...sent } = Object.fromEntries(
    Object.entries(body).filter(([name, value]) => !(name in fields) || isFilled(value))
  )
  if (!('choice_text' in sent || 'choice_starts' in sent)) return { ...fields, ...sent }
  const isLost = ['capacity', 'choice_starts', 'choice_ends'].some(name => fields[name] && !(name in sent))
  return isLost ? { ...sent, choices: messageKey('choicesOnce') } : sent
}

const nullable = <T extends string>(type: T) => ({ type: [type, 'null' as const] })

/** Has the error that `readOptions` has found. */
export const choices = z
  .unknown()
  .transform((error, context): undefined => {
    if (typeof error === 'string') context.issues.push({ code: 'custom', message: error, input: error })
  })
  .optional()
  .meta({
    accepts: {
      type: ['array', 'null'],
      items: {
        type: 'object',
        properties: {
          choice_text: { type: 'string', maxLength: 200 },
          capacity: nullable('integer'),
          starts: nullable('string'),
          ends: nullable('string'),
          delete_flag: { type: 'integer', minimum: 0, maximum: 1 }
        }
      },
      maxItems: MAX_OPTION_ROWS,
      description:
        'The options as GET answers them, instead of `choice_text`, `capacity`, `choice_starts` and `choice_ends`. Options that are retired are left out.'
    }
  })
