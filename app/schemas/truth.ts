/** Yes or no: a boolean in JSON, a text in forms. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'

const TEXTS: ReadonlyMap<unknown, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['on', true],
  ['0', false],
  ['false', false],
  ['', false]
])

/**
 * Reads a checkbox of a form, which may have a hidden 0 before it: the last value counts. What is
 * unknown stays as it is.
 */
function readText(sent: unknown): unknown {
  const value = [sent].flat().at(-1)
  return TEXTS.get(value) ?? value
}

/** Tells whether yes was sent, in a form or in a body that was read. */
export const isYes = (sent: unknown) => readText(sent) === true

/** A boolean of JSON. */
export const truth = z.boolean(messageKey('yesOrNo'))

/** A boolean, or the text of a form that stands for one. */
export const yesOrNo = z
  .preprocess(readText, truth)
  .meta({ accepts: { type: ['boolean', 'string'], enum: [true, false, '1', '0'] } })
