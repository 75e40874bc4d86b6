/** Passwords that are nothing but the names of this place and of its owner. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isMadeOf } from '../../app/values/own-words.ts'

const known = ['vote', 'polls.example.org', 'José 王伟 Müller', 'jo.mueller77@mail.example', '+491711234567']

describe('values/own-words', () => {
  test('names, hosts, addresses and numbers are refused, alone, together and with digits and marks', () => {
    for (const password of [
      'vote2026',
      'VOTE!!!!',
      'votevote',
      'Polls.Example.Org',
      'jose1990',
      'JOSÉ-MÜLLER',
      'Ｍüller12',
      '王伟123456',
      'jo.mueller77@mail.example',
      'mueller2026!',
      '+491711234567',
      '01711234567',
      '1711234567!!',
      'müllervote1'
    ])
      assert.ok(isMadeOf(known, password), password)
  })

  test('whatever holds something else is its owner’s to choose', () => {
    for (const password of [
      'vote for the blue one',
      'correct horse battery staple',
      'josephine1990',
      '王伟喜欢苹果',
      '8273645172',
      '12344567',
      '🌻🌻🌻🌻🌻🌻🌻🌻'
    ])
      assert.ok(!isMadeOf(known, password), password)
    assert.ok(!isMadeOf([], 'anything'))
    assert.ok(!isMadeOf(['A'], 'aaaaaaaa'), 'a letter is no word')
  })
})
