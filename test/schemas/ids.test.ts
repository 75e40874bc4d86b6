/** Ids of clients: how they are written, and the sentence for anything else. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { z } from 'zod'
import { messageKey } from '../../app/i18n/messages.ts'
import { AmendBody, AmendForm } from '../../app/schemas/amendment.ts'
import { DecisionForm } from '../../app/schemas/decision.ts'
import { formId, jsonId, TextId } from '../../app/schemas/ids.ts'
import { PollBody, PollForm } from '../../app/schemas/poll.ts'
import { QuizForm } from '../../app/schemas/questions.ts'
import { ActiveForm, RoomForm } from '../../app/schemas/rooms.ts'
import { SuggestionsForm } from '../../app/schemas/suggestions.ts'
import { VoteBody, VoteForm } from '../../app/schemas/vote.ts'

const messagesOf = (schema: z.ZodType, sent: unknown) =>
  schema.safeParse(sent).error?.issues.map(({ path, message }) => [path[0], message])

const poll = { question_text: 'Which?', choice_text: ['a', 'b'] }
const ofThisPoll = messageKey('chooseOfThis')
const forms: Array<[field: string, schema: z.ZodType, others: object, message: string]> = [
  ['choice', VoteForm, {}, ofThisPoll],
  ['choice', DecisionForm, {}, ofThisPoll],
  ['correct', QuizForm, {}, ofThisPoll],
  ['accept', SuggestionsForm, {}, messageKey('act')],
  ['question', ActiveForm, {}, messageKey('ownPolls')],
  ['questions', RoomForm, { title: 'Talks' }, messageKey('ownPolls')]
]
const revisions: Array<[what: string, schema: z.ZodType, others: object]> = [
  ['a vote as JSON', VoteBody, { choice: 1 }],
  ['a vote as a form', VoteForm, { choice: '1' }],
  ['a poll as JSON', PollBody, poll],
  ['a poll as a form', PollForm, poll],
  ['an amendment as JSON', AmendBody, {}],
  ['an amendment as a form', AmendForm, {}]
]

describe('schemas/ids', () => {
  test('other spellings of a number are refused', () => {
    for (const text of ['01', '1e3', ' 1', '0', '-1', '', '9999999999999999999', 1, null])
      assert.deepEqual(
        formId('message')
          .safeParse(text)
          .error?.issues.map(({ message }) => message),
        ['message']
      )
    assert.equal(TextId.parse('42'), 42)
    assert.equal(jsonId('message').parse(42), 42)
  })

  for (const [field, schema, others, message] of forms)
    test(`${field} of a form is refused with its own sentence`, () => {
      for (const id of ['01', 'x', '9999999999999999999'])
        assert.deepEqual(messagesOf(schema, { ...others, [field]: id })?.[0], [field, message])
    })

  for (const [what, schema, others] of revisions)
    test(`the revision of ${what} is refused as a number, not as an option`, () => {
      for (const revision of ['x', 0, 1.5])
        assert.deepEqual(messagesOf(schema, { ...others, revision }), [
          ['revision', messageKey('wholeNumber')]
        ])
    })
})
