/** Who may open a question, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  InvitationRevoked,
  OnlyInvited,
  QuestionNotFound,
  QuestionRemoved,
  SignInRequired
} from '../../../app/errors.ts'
import { admit, isAdmitted } from '../../../app/models/polls/admission.ts'
import type { Facts } from '../../../app/models/polls/facts.ts'

const guest = { userId: null, voter: null }
const member = { userId: 7, voter: 'u:7' }
const question: Facts = {
  id: 1,
  slug: 'a',
  user_id: 3,
  delete_flag: 0,
  removed_time: null,
  audience: 'link',
  privacy: 'hidden',
  listed: false,
  suggestions: 'off'
}

const cases: Array<[audience: Facts['audience'], listed: boolean, guest: boolean, member: boolean]> = [
  ['link', false, true, true],
  ['link', true, true, true],
  ['members', false, false, true],
  ['members', true, true, true],
  ['list', false, false, false],
  ['list', true, true, true]
]

describe('models/polls/admission', () => {
  for (const [audience, listed, forGuest, forMember] of cases) {
    const name = `a poll for ${audience}, ${listed ? 'listed' : 'not listed'}`
    for (const [who, viewer, allowed] of [
      ['a guest', guest, forGuest],
      ['a member', member, forMember]
    ] as const)
      test(`${who} ${allowed ? 'may' : 'may not'} open ${name}`, () => {
        const asked = { ...question, audience, listed }
        assert.equal(isAdmitted(asked, viewer), allowed)
        if (allowed) assert.equal(admit(asked, viewer), asked)
        else assert.throws(() => admit(asked, viewer), audience === 'list' ? OnlyInvited : SignInRequired)
      })
  }

  test('an unlisted poll for a list is for its holders, its owner and administrators', () => {
    const asked: Facts = { ...question, audience: 'list' }
    const holding = (id: number, revoked = false) => ({ ...guest, invitation: { question: id, revoked } })
    assert.equal(isAdmitted(asked, holding(1)), true)
    assert.equal(isAdmitted(asked, holding(2)), false)
    assert.equal(isAdmitted(asked, { userId: 3, voter: 'u:3' }), true)
    assert.equal(isAdmitted(asked, { ...member, actsAsAdmin: true }), true)
    assert.throws(() => admit(asked, holding(2)), OnlyInvited)
    assert.throws(() => admit(asked, holding(1, true)), InvitationRevoked)
  })

  test('every viewer of a removed poll reads when and by whom it was removed', () => {
    for (const viewer of [guest, member]) {
      const removed = { ...question, delete_flag: 1, removed_time: '2026-01-01 00:00:00' }
      assert.equal(isAdmitted(removed, viewer), false)
      assert.throws(() => admit(removed, viewer), new QuestionRemoved('2026-01-01 00:00:00', 'owner'))
      const byAdmin = { ...removed, delete_flag: 2 }
      assert.throws(() => admit(byAdmin, viewer), new QuestionRemoved('2026-01-01 00:00:00', 'admin'))
    }
  })

  test('a removed poll of members does not ask a guest to sign in', () => {
    const removed: Facts = { ...question, audience: 'members', delete_flag: 1 }
    assert.throws(() => admit(removed, guest), QuestionRemoved)
  })

  test('a question that does not exist is not found', () => {
    for (const viewer of [guest, member])
      assert.throws(() => admit<Facts>(undefined, viewer), QuestionNotFound)
  })
})
