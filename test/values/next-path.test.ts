/** The path to which a sign-in leads back. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { withNextPath } from '../../app/values/next-path.ts'

describe('values/next-path', () => {
  test('the path is one value of the query; an empty one adds none', () => {
    assert.equal(
      withNextPath('/login', '/questions?q=a&mine=1'),
      '/login?next=%2Fquestions%3Fq%3Da%26mine%3D1'
    )
    assert.equal(withNextPath('/login', ''), '/login')
  })
})
