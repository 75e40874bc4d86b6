/** The claims of a provider. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Claims } from '../../app/schemas/identity.ts'

const known = { iss: 'https://login.example', sub: 'a1' }

describe('schemas/identity', () => {
  test('claims may have nothing but issuer and subject', () => {
    assert.deepEqual(Claims.parse(known), {
      issuer: known.iss,
      subject: known.sub,
      email: null,
      isVerified: false,
      name: 'Account',
      groups: []
    })
  })

  test('an address is kept unless the provider calls it unverified', () => {
    const cases: Array<[object, string | null, boolean]> = [
      [{}, 'ann@example.org', false],
      [{ email_verified: true }, 'ann@example.org', true],
      [{ email_verified: 'true' }, 'ann@example.org', true],
      [{ email_verified: null }, 'ann@example.org', false],
      [{ email_verified: false }, null, false],
      [{ email_verified: 'false' }, null, false]
    ]
    for (const [more, email, isVerified] of cases) {
      const claims = Claims.parse({ ...known, email: 'ann@example.org', ...more })
      assert.deepEqual([claims.email, claims.isVerified], [email, isVerified], JSON.stringify(more))
    }
  })
})
