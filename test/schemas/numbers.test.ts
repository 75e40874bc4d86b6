/** Numbers of forms, in digits of every script that the site ships. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { messageKey } from '../../app/i18n/messages.ts'
import { PollForm } from '../../app/schemas/poll.ts'
import { capacityField, maxBallotsField, quorumPercentField } from '../../app/schemas/poll-seats.ts'
import { PresentForm } from '../../app/schemas/questions.ts'
import { retentionDaysField } from '../../app/schemas/retention.ts'
import { JoinBody } from '../../app/schemas/rooms.ts'
import { VoteForm } from '../../app/schemas/vote.ts'
import { InvitationsForm } from '../../app/schemas/voter-lists.ts'

describe('schemas/numbers', () => {
  test('a join code', () => {
    for (const code of [
      '٤٨٢٩١٣',
      '482\u200b913',
      '\u202a482913\u202c',
      '482.913',
      '４８２ ９１３',
      '482 9I3'
    ])
      assert.equal(JoinBody.parse({ code }).code, '482913', code)
    for (const code of ['٤٨٢٩١', '482.9130', '482,913', `482913${'!'.repeat(200)}`])
      assert.equal(JoinBody.safeParse({ code }).success, false)
  })

  test('seats, quorum and days', () => {
    for (const typed of ['10, 20', '١٠، ٢٠', '10؛ 20', '１０、２０', '10，20'])
      assert.deepEqual(capacityField.parse(typed), [10, 20], typed)
    assert.deepEqual(capacityField.parse('٤، —، ٦'), [4, null, 6])
    for (const typed of ['2,500', '١٢،٥٠٠', '1,000,000', ' 2，500 '])
      assert.equal(capacityField.safeParse(typed).success, false, typed)
    assert.deepEqual(capacityField.parse('2, 500'), [2, 500])
    assert.deepEqual(capacityField.parse('100,200'), [100, 200])
    assert.deepEqual(capacityField.parse('10,20,5'), [10, 20, 5])
    assert.equal(capacityField.parse('2 500'), 2_500)
    assert.equal(capacityField.parse('۱۰'), 10)
    assert.equal(maxBallotsField.parse('\u200f٣٠'), 30)
    for (const typed of ['50', '50 %', '٥٠٪', '５０％', '\u200f٥٠ ٪\u200f'])
      assert.equal(quorumPercentField.parse(typed), 50, typed)
    assert.equal(retentionDaysField.parse(' ٩٠ '), 90)
    assert.equal(retentionDaysField.parse('\u200f'), null)
  })

  test('what a ballot must name, and its points', () => {
    const poll = PollForm.parse({
      question_text: 'Which?',
      choice_text: 'a\nb\nc',
      kind: 'multiple',
      min_choices: '١',
      max_choices: '۲'
    })
    assert.deepEqual([poll.min_choices, poll.max_choices], [1, 2])
    const typed = { question_text: 'Which?', choice_text: 'a\nb', kind: 'multiple', min_choices: ['1', '2'] }
    const { fieldErrors } = z.flattenError(PollForm.safeParse(typed).error!)
    assert.deepEqual(fieldErrors, { min_choices: [messageKey('wholeNumber')] }, 'a list')
    const dots = PollForm.parse({ question_text: 'Which?', choice_text: 'a\nb', kind: 'dots', budget: '١٠' })
    assert.equal(dots.budget, 10)
  })

  test('the values of a vote', () => {
    assert.deepEqual(VoteForm.parse({ 'value-5': '٧', 'value-6': '\u200e３' }).value, [7, 3])
    for (const value of ['-1', '1.5', 'x'])
      assert.equal(VoteForm.safeParse({ 'value-5': value }).success, false)
  })

  test('the seconds of a timer', () => {
    assert.equal(PresentForm.parse({ timer: ' ٩٠ ' }).timer, 90)
    for (const timer of ['', '1.5', '-1', '3601'])
      assert.equal(PresentForm.safeParse({ timer }).success, false, timer)
  })

  test('a number of invitations', () => {
    assert.equal(InvitationsForm.parse({ number: ' ٣٠ ' }).names.length, 30)
  })
})
