/** The path to which a sign-in leads back. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { leadsToPoll, withNextPath } from '../../app/values/next-path.ts'

describe('values/next-path', () => {
  test('the path is one value of the query; an empty one adds none', () => {
    assert.equal(
      withNextPath('/login', '/questions?q=a&mine=1'),
      '/login?next=%2Fquestions%3Fq%3Da%26mine%3D1'
    )
    assert.equal(withNextPath('/login', ''), '/login')
  })

  test('a path leads to a poll if it names one, which may not exist', () => {
    for (const path of [
      '/questions/sample-fruit',
      '/questions/7/results?sort=votes',
      '/questions/newest-of-all'
    ])
      assert.equal(leadsToPoll(path), true, path)
    for (const path of [
      '/',
      '/questions',
      '/questions/',
      '/questions/new',
      '/questions/new?preset=date',
      '/account'
    ])
      assert.equal(leadsToPoll(path), false, path)
    assert.equal(leadsToPoll(undefined), false)
  })
})
