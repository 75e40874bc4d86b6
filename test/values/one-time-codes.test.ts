/** Codes by time against the values of RFC 6238, their neighbours, and recovery codes. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  bareCode,
  newRecoveryCodes,
  newTotpSecret,
  totpAddress,
  totpStep
} from '../../app/values/one-time-codes.ts'

/** `12345678901234567890` of RFC 6238, appendix B. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('values/one-time-codes', () => {
  test('codes of RFC 6238, and those of the step before and after', () => {
    for (const [seconds, code] of [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_234_567_890, '005924'],
      [2_000_000_000, '279037']
    ] as const) {
      const step = Math.floor(seconds / 30)
      for (const [later, expected] of [
        [-60, undefined],
        [-30, step],
        [0, step],
        [30, step],
        [60, undefined]
      ] as const)
        assert.equal(totpStep(SECRET, code, (seconds + later) * 1000), expected, `${seconds} ${later}`)
    }
    for (const code of ['287083', '28708', '2870820', '', 'abcdef'])
      assert.equal(totpStep(SECRET, code, 59_000), undefined, code)
  })

  test('a secret has 160 bits, and its address names site and account', () => {
    const secret = newTotpSecret()
    assert.match(secret, /^[A-Z2-7]{32}$/)
    assert.notEqual(secret, newTotpSecret())
    const address = new URL(totpAddress(secret, 'Our: polls', 'ann@example.org'))
    assert.equal(address.protocol, 'otpauth:')
    assert.equal(address.searchParams.get('secret'), secret)
    assert.equal(address.searchParams.get('issuer'), 'Our  polls')
    assert.match(decodeURIComponent(address.pathname), /ann@example\.org$/)
  })

  test('recovery codes have 80 bits, and are compared without spaces, hyphens and case', () => {
    const codes = newRecoveryCodes()
    assert.equal(new Set(codes).size, 10)
    for (const code of codes) assert.match(code, /^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/)
    for (const typed of [
      '123 456',
      '١٢٣٤٥٦',
      '۱۲۳۴۵۶',
      '１２３４５６',
      '123‐456',
      '123–456',
      '\u202a123456\u202c'
    ])
      assert.equal(bareCode(typed), '123456', typed)
    for (const typed of ['ABCD-1234', 'abcd 1234', ' abcd1234', 'ａｂｃｄ–1234'.replace('–', '-')])
      assert.equal(bareCode(typed), 'abcd1234')
    for (const typed of [
      'abcO-iL23',
      'ABC0-1123',
      '• abco-1l23',
      'abc0-1123,',
      '* abc0 - II23;',
      '„abc0-1123“'
    ])
      assert.equal(bareCode(typed), 'abc01123', typed)
    for (const code of codes) assert.equal(bareCode(code), code.replaceAll('-', ''))
  })
})
