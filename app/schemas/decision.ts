/** What the organiser of a poll decides: input of `/questions/:question/outcome`. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { formId, jsonId } from './ids.ts'
import { lines } from './text.ts'
import { yesOrNo } from './truth.ts'

/** Characters of a text. */
const MAX_TEXT = 500

const text = lines(MAX_TEXT, messageKey('outcomeText')).default('')

/** An option, a text, or both; or neither, to withdraw what was decided. */
const decision = <T extends z.ZodType<number>>(id: T) =>
  z
    .object({
      choice: z.preprocess(value => (value === '' ? null : value), id.nullish()),
      text,
      withdraw: yesOrNo.default(false)
    })
    .refine(({ choice, text: words, withdraw }) => withdraw || words !== '' || typeof choice === 'number', {
      path: ['choice'],
      error: messageKey('outcome')
    })

export const DecisionBody = decision(jsonId(messageKey('chooseOfThis')))
export const DecisionForm = decision(formId(messageKey('chooseOfThis')))
