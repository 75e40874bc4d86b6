/** Account keys at sign-in: e-mail addresses and phone numbers. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type AccountKey, parseAccountKey } from '../../app/values/account-key.ts'

const phone = { kind: 'phone' as const, value: '+491711234567' }
const email = (value: string) => ({ kind: 'email' as const, value })

const typed: Array<[text: string, key: AccountKey | undefined]> = [
  ['+49 171 1234567', phone],
  ['\u202d+49 171 1234567\u202c', phone],
  ['\u202a+49\u00a0171\u00a01234567\u202c', phone],
  ['0171\u2011123\u20114567', phone],
  ['０１７１ １２３４５６７', phone],
  ['\u200e+49 (0)171 1234567', phone],
  ['+49 171 1234567,', phone],
  ['+49 171 1234567；', phone],
  ['"+49 171 1234567"', phone],
  ['“0171 1234567”', phone],
  ['<+49 171 1234567>', phone],
  ['Pia <+49 171 1234567>, ', phone],
  ['0171\t1234567', phone],
  ['Ann@Example.org', email('ann@example.org')],
  ['ann@münchen.example', email('ann@xn--mnchen-3ya.example')],
  ['ann＠example.org', email('ann@example.org')],
  ['ann\u00a0@example\u202f.org', email('ann@example.org')],
  ['ann@\u00a0example.\u00a0org', email('ann@example.org')],
  ['ann@münchen.example,', email('ann@xn--mnchen-3ya.example')],
  ['ann@example.org ;', email('ann@example.org')],
  ['ann@example.org，', email('ann@example.org')],
  ['ann@نامه\u200cای.com،', email('ann@xn--mgba3gch31f060k.com')],
  ['"ann@example.org"', email('ann@example.org')],
  ['“ann@example.org”', email('ann@example.org')],
  ['Ann <ann@example.org>', email('ann@example.org')],
  ['"Doe, Ann" <ann@example.org>, ', email('ann@example.org')],
  ['ａｎｎ＠example.org', email('ann@example.org')],
  ["'o'neil@example.org", email("'o'neil@example.org")],
  ['ann', undefined],
  ['12', undefined],
  ['', undefined]
]

describe('values/account-key', () => {
  for (const [text, key] of typed)
    test(JSON.stringify(text), () => assert.deepEqual(parseAccountKey(text, 'DE'), key))
})
