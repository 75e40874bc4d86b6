/** Tokens of programs: what creates one, and what the resource answers. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { Id, okWith, Time } from './answers.ts'
import { isDay, readTime } from '../values/dates.ts'
import { doneField, oneOf } from './fields.ts'
import { TOKEN_SCOPES } from '../values/token-scopes.ts'
import { asList } from '../values/list.ts'
import { line } from './text.ts'

const Scope = oneOf(...TOKEN_SCOPES)

/**
 * A moment, UTC without an offset; or a day, of which the token lasts to the end in UTC. Empty: no
 * end.
 */
const Expires = z
  .string(messageKey('time'))
  .trim()
  .transform(text => (text === '' ? null : readTime(isDay(text) ? `${text} 23:59:59` : text)))
  .refine(time => time !== undefined, messageKey('time'))
  .nullish()
  .meta({ accepts: { anyOf: [{ type: 'string', examples: ['2027-01-31'] }, { type: 'null' }] } })

export const TokenBody = z.object({
  name: line(40, messageKey('tokenName')),
  scopes: z
    .preprocess(
      value => [...new Set(asList(value))],
      z.array(Scope, messageKey('scopes')).min(1, messageKey('scopes'))
    )
    .meta({ accepts: { type: 'array', items: { type: 'string', enum: [...TOKEN_SCOPES] }, minItems: 1 } }),
  expires: Expires
})

/** After a token was revoked, the list says so. */
export const TokensQuery = z.object({ done: doneField('revoked') })

const token = {
  id: Id,
  name: z.string(),
  scopes: z.array(z.enum(TOKEN_SCOPES)),
  expires_time: Time.nullable(),
  used_time: Time.nullable().describe('Last use, precise to an hour.'),
  create_time: Time
}

export const TokenList = z.object({ tokens: z.array(z.object(token)) }).meta({ id: 'TokenList' })
export const NewToken = okWith({
  ...token,
  token: z.string().describe('The token itself. It is shown only here.')
}).meta({ id: 'NewToken' })
