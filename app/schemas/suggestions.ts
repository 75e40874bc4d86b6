/** Input and answers of suggested options. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { oneOf } from './fields.ts'
import { SUGGESTION_MODES } from '../values/suggestions.ts'
import { Id, okWith } from './answers.ts'
import { formId, jsonId } from './ids.ts'

/** Whether voters suggest options. */
export const suggestionMode = oneOf(...SUGGESTION_MODES)

/** The mode is set, or a suggestion is accepted or refused. */
type Act =
  | { act: 'mode'; mode: z.output<typeof suggestionMode> }
  | { act: 'accept' | 'refuse'; suggestion: number }

/** One act: one of these fields. */
const act = (id: z.ZodType<number>) =>
  z
    .object({ suggestions: suggestionMode.optional(), accept: id.optional(), refuse: id.optional() })
    .transform(({ suggestions: mode, accept, refuse }, context): Act => {
      const acts: Act[] = []
      if (mode !== undefined) acts.push({ act: 'mode', mode })
      if (accept !== undefined) acts.push({ act: 'accept', suggestion: accept })
      if (refuse !== undefined) acts.push({ act: 'refuse', suggestion: refuse })
      const [only] = acts
      if (only && acts.length === 1) return only
      context.addIssue({ code: 'custom', path: ['suggestions'], message: messageKey('act') })
      return z.NEVER
    })

export const SuggestionsBody = act(jsonId(messageKey('act')))
export const SuggestionsForm = act(formId(messageKey('act')))

const suggestions = {
  suggestions: suggestionMode,
  waiting: z
    .array(z.object({ id: Id, choice_text: z.string() }))
    .describe('What the organiser has not read, each text once, the oldest first.')
}
export const SuggestionList = z
  .object(suggestions)
  .meta({ id: 'Suggestions', description: 'Suggested options of a poll.' })
export const ChangedSuggestions = okWith(suggestions).meta({ id: 'ChangedSuggestions' })
