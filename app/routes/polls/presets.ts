/** Built-in beginnings of a poll, which its form is filled with. */
import type { Catalogue } from '../../i18n/locales/en.ts'
import type { Preset } from '../../schemas/poll.ts'

/**
 * What a beginning asks of ballots, and who sees the result. Its texts are those of the language.
 */
const SETTINGS: Record<Preset, object> = {
  date: { kind: 'dates' },
  quick: { kind: 'single' },
  ticket: { kind: 'single', results: 'owner' }
}

/** Returns the fields of a beginning. */
export function presetFields(preset: Preset, { form }: Catalogue) {
  const { question, options } = form.presets[preset]
  return { ...SETTINGS[preset], question_text: question, choice_text: options }
}
