/** Common passwords. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isCommon } from '../../app/values/common-passwords.ts'

describe('values/common-passwords', () => {
  for (const password of ['12345678', 'password', 'PASSWORD', 'PassWord', 'qwertyuiop'])
    test(`${password} is common`, () => assert.equal(isCommon(password), true))

  for (const password of ['', 'correct horse battery staple', 'password ', '# the', '3,000'])
    test(`${JSON.stringify(password)} is not common`, () => assert.equal(isCommon(password), false))
})
