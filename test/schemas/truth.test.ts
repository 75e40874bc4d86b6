/**
 * Booleans of forms: every form reads the same texts, and refuses others by the name of the field.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DigestBody } from '../../app/schemas/accounts.ts'
import { AmendForm } from '../../app/schemas/amendment.ts'
import { DecisionForm } from '../../app/schemas/decision.ts'
import { PollForm } from '../../app/schemas/poll.ts'
import { SettingsBody } from '../../app/schemas/settings.ts'
import { isYes } from '../../app/schemas/truth.ts'
import { VoteForm } from '../../app/schemas/vote.ts'

const poll = { question_text: 'Which?', choice_text: 'a\nb' }
const fields = [
  { form: PollForm, field: 'revote', others: poll },
  { form: PollForm, field: 'listed', others: poll },
  { form: VoteForm, field: 'as_guest', others: { choice: '1' } },
  { form: AmendForm, field: 'confirm', others: {} },
  { form: DecisionForm, field: 'withdraw', others: { choice: '1' } },
  { form: SettingsBody, field: 'guest_polls', others: {} },
  { form: DigestBody, field: 'digest', others: {} }
]
const texts: Array<[sent: unknown, value: boolean]> = [
  ['1', true],
  ['true', true],
  ['on', true],
  [['0', '1'], true],
  ['0', false],
  ['false', false],
  ['', false]
]

describe('schemas/truth', () => {
  for (const { form, field, others } of fields)
    test(`${field} of a form`, () => {
      for (const [sent, value] of texts) {
        assert.equal((form.parse({ ...others, [field]: sent }) as Record<string, unknown>)[field], value)
        assert.equal(isYes(sent), value)
      }
      for (const sent of ['yes', '2', 'TRUE', ['1', 'maybe']]) {
        const { error } = form.safeParse({ ...others, [field]: sent })
        assert.deepEqual(
          error?.issues.map(({ path }) => path),
          [[field]]
        )
        assert.equal(isYes(sent), false)
      }
    })
})
