/** Keys of voters. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  accountVoterKey,
  anonymousVoterKey,
  browserVoterKey,
  departedVoterKey,
  isBrowserVoterKey,
  newPollKey
} from '../../../app/models/voting/voter-key.ts'

describe('models/voting/voter-key', () => {
  test('an account has the same key in every poll', () => {
    assert.equal(accountVoterKey(7), 'u:7')
  })

  test('a browser has one key in a poll, which depends on the poll, the browser and the secret', () => {
    const key = browserVoterKey('secret', 'browser', 1)
    assert.match(key, /^b:[\w-]{43}$/)
    assert.equal(browserVoterKey('secret', 'browser', 1), key)
    const others = [
      browserVoterKey('other', 'browser', 1),
      browserVoterKey('secret', 'other', 1),
      browserVoterKey('secret', 'browser', 2)
    ]
    assert.equal(new Set([key, ...others]).size, 4)
  })

  test('the key of a departed voter is new each time', () => {
    assert.match(departedVoterKey('hidden'), /^x:[\w-]{22}$/)
    assert.match(departedVoterKey('anonymous'), /^a:[\w-]{43}$/, 'as those of all voters of such a poll')
    for (const privacy of ['hidden', 'anonymous'] as const)
      assert.notEqual(departedVoterKey(privacy), departedVoterKey(privacy))
  })

  test('a voter of an anonymous poll has one key, which depends on the poll’s key and on the voter', () => {
    const [one, other] = [newPollKey(), newPollKey()]
    assert.match(one, /^[\w-]{43}$/)
    const key = anonymousVoterKey(one, accountVoterKey(7))
    assert.match(key, /^a:[\w-]{43}$/)
    assert.equal(anonymousVoterKey(one, accountVoterKey(7)), key)
    const others = [
      anonymousVoterKey(other, accountVoterKey(7)),
      anonymousVoterKey(one, accountVoterKey(8)),
      anonymousVoterKey(one, browserVoterKey('secret', 'browser', 1))
    ]
    assert.equal(new Set([key, ...others]).size, 4)
  })

  test('only a browser’s key is recognised as one', () => {
    assert.equal(isBrowserVoterKey(browserVoterKey('secret', 'browser', 1)), true)
    for (const voter of [
      accountVoterKey(1),
      departedVoterKey('public'),
      anonymousVoterKey('key', 'b:1'),
      'ub:1',
      ''
    ])
      assert.equal(isBrowserVoterKey(voter), false)
  })
})
