/**
 * What nginx says of its own errors, in every language: the content of config/nginx/errors.conf.
 */
import * as errors from '../app/errors.ts'
import { catalogues } from '../app/i18n/catalogues.ts'
import en, { type Catalogue } from '../app/i18n/locales/en.ts'
import { escaped } from '../app/i18n/markup.ts'
import { toMessage } from '../app/i18n/messages.ts'

type ErrorClass = typeof errors.NotFound

/** The statuses of nginx as keys of a map, and what they mean. */
const byStatus: ReadonlyArray<readonly [status: string, error: ErrorClass]> = [
  ['default', errors.BadRequest],
  ['"~^40[34]$"', errors.NotFound],
  ['405', errors.MethodNotAllowed],
  ['408', errors.RequestTimeout],
  ['"~^41[34]$"', errors.PayloadTooLarge],
  ['421', errors.WrongHost],
  ['431', errors.HeadersTooLarge],
  ['500', errors.InternalError]
]

const sentence = (ErrorClass: ErrorClass, t: Catalogue) => escaped(toMessage(new ErrorClass(), t).message)

/** Says an error in every language but English, which is the headline of its page. */
const paragraphs = (ErrorClass: ErrorClass) =>
  catalogues
    .filter(({ tag }) => tag !== en.tag)
    .map(t => `<p lang="${t.tag}" dir="${t.dir}">${sentence(ErrorClass, t)}</p>`)
    .join('')

function map(variable: string, value: (error: ErrorClass) => string, rows = byStatus) {
  const lines = rows.map(([status, error]) => `  ${status} '${value(error)}';`)
  return `map $status $${variable} {\n${lines.join('\n')}\n}\n`
}

export const nginxErrors = [
  '# Errors of nginx itself, by status: made from app/errors.ts and app/i18n/locales by `npm run docs`.\n',
  map('own_error', ({ definition: { code, key } }) => `"error_code":${code},"error":"${key}"`),
  map('own_sentence', error => sentence(error, en)),
  map('own_paragraphs', paragraphs),
  map('down_paragraphs', paragraphs, [['default', errors.NoReplica]]),
  map('many_paragraphs', paragraphs, [['default', errors.TooManyConnections]])
].join('')
