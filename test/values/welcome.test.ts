/** Sentences that a start prints. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administratorNote, remedyNote } from '../../app/values/welcome.ts'

describe('values/welcome', () => {
  test('the administrator is the first account, or that of an address', () => {
    assert.equal(administratorNote(null), 'The first account registered becomes the administrator.')
    assert.equal(
      administratorNote('boss@example.org'),
      'The account of boss@example.org becomes the administrator.'
    )
  })

  test('nothing is said of links that work everywhere', () => {
    assert.deepEqual(remedyNote(null), [])
    assert.deepEqual(remedyNote('npm start -- --host 0.0.0.0'), [
      'Links work on this computer only. For others: npm start -- --host 0.0.0.0'
    ])
  })
})
