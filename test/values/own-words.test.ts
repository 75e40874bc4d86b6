/** Passwords made of the site's name and the user's own data. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isMadeOf } from '../../app/values/own-words.ts'

const known = ['vote', 'polls.example.org', 'José 王伟 Müller', 'jo.mueller77@mail.example', '+491711234567']

describe('values/own-words', () => {
  test('names, hosts, addresses and numbers are rejected, alone, combined and with digits and punctuation', () => {
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
      'müllervote1',
      'jose\u0301\u0323 1990'
    ])
      assert.ok(isMadeOf(known, password), password)
  })

  test('a password with any other word is accepted', () => {
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
    assert.ok(!isMadeOf(['ann'], 'Hanna2026'))
    assert.ok(!isMadeOf(['12345678'], '1234567'))
    assert.ok(!isMadeOf(['123456'], '123456!!'), 'six digits are no number to call')
    assert.ok(!isMadeOf(['A'], 'aaaaaaaa'), 'a letter is no word')
  })

  const numbers: Array<[number: string, password: string, refused: boolean]> = [
    ['+491711234567', '491711234567', true],
    ['+491711234567', '91711234567!', true],
    ['+491711234567', '1711234567!!', true],
    ['+491711234567', '711234567!!!', true],
    ['+491711234567', '11234567', false],
    ['+1234567', '1234567!', true],
    ['+12345678', '2345678!', true],
    ['+1234567', '234567!!', false]
  ]
  for (const [number, password, refused] of numbers)
    test(`${password} ${refused ? 'is' : 'is not'} made of ${number}`, () =>
      assert.equal(isMadeOf([number], password), refused))

  test('accents and strokes are ignored, in the text and in the password', () => {
    for (const [text, password] of [
      ['Łukasz', 'lukasz1990'],
      ['lukasz', 'Łukasz1990'],
      ['Groß', 'GROSS1990'],
      ['Éa', 'ea123456'],
      ['ea', 'Éa123456'],
      ['e\u0301\u0323a', 'ea123456']
    ] as const)
      assert.ok(isMadeOf([text], password), text)
  })

  test('a longer word is removed before a shorter one that it contains', () => {
    assert.ok(isMadeOf(['ann', 'annabel'], 'annabel1990'))
    assert.ok(isMadeOf(['annabel', 'ann'], 'annabel1990'))
    assert.ok(isMadeOf(['bel', 'annabel', 'ann'], 'annabelann'))
  })

  test('the remaining parts of a password are not joined to a word', () => {
    assert.ok(!isMadeOf(['ann', 'bo'], 'b ann o'))
    assert.ok(!isMadeOf(['ann', 'bo'], 'bann0o1'))
    assert.ok(!isMadeOf(['annxx', 'bo'], 'bannxxo'))
  })
})
