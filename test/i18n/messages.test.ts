/** Translation of message keys. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  AccountTaken,
  InvalidInput,
  QuestionClosed,
  QuestionRemoved,
  TooManyVotes
} from '../../app/errors.ts'
import en from '../../app/i18n/locales/en.ts'
import { messageKey, toMessage } from '../../app/i18n/messages.ts'

describe('i18n/messages', () => {
  test('an error and its fields are translated', () => {
    const { errors, mistakes } = en
    const table = [
      [new QuestionClosed(), { message: errors.question_closed }],
      [new TooManyVotes(1), { message: errors.too_many_votes }],
      [new QuestionRemoved(null, 'admin'), { message: errors.question_removed(null, 'admin') }],
      [new AccountTaken('email'), { message: errors.account_taken, fields: { email: errors.account_taken } }],
      [
        new InvalidInput({ size: messageKey('atMost', 5), text: messageKey('oneOf', 'a b', '["c"]') }),
        {
          message: errors.invalid_input,
          fields: { size: mistakes.atMost(5), text: mistakes.oneOf('a b', '["c"]') }
        }
      ],
      [
        new InvalidInput({ choice: 'Invalid input: expected string' }),
        { message: errors.invalid_input, fields: { choice: mistakes.unreadable } }
      ]
    ] as const
    for (const [error, expected] of table) assert.deepEqual(toMessage(error, en), expected, error.key)
  })
})
