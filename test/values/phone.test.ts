/** Phone numbers in many spellings. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toE164 } from '../../app/values/phone.ts'

describe('values/phone', () => {
  const numbers: Array<[text: string, region: string, number: string | undefined]> = [
    ['0171 1234567', 'DE', '+491711234567'],
    ['+49 171 1234567', 'CN', '+491711234567'],
    ['138 1234 5678', 'CN', '+8613812345678'],
    ['\u2066138\u20091234\u20095678\u2069', 'CN', '+8613812345678'],
    ['tel:+491711234567', 'CN', '+491711234567'],
    [' TEL:0171\u00a01234567', 'DE', '+491711234567'],
    ['٠١٧١ ١٢٣٤٥٦٧', 'DE', '+491711234567'],
    ['\u200e+۴۹ (۰)۱۷۱ ۱۲۳۴۵۶۷', 'CN', '+491711234567'],
    ['(+49) 171 1234567', 'CN', '+491711234567'],
    ['+49 171 1234567 (mobil)', 'CN', '+491711234567'],
    ['+৪৯ ১৭১ ১২৩৪৫৬৭', 'CN', '+491711234567'],
    ['+49 171 1234567,', 'CN', '+491711234567'],
    ['"0171\t1234567"', 'DE', '+491711234567'],
    ['Pia <tel:+491711234567>;', 'CN', '+491711234567'],
    ['0171 1234567, 0171 7654321', 'DE', undefined],
    ['123', 'DE', undefined],
    ['+49 171 1234567 (ext. 5) x', 'DE', undefined],
    ['call 0171 1234567', 'DE', undefined]
  ]
  for (const [text, region, number] of numbers)
    test(`${JSON.stringify(text)} in ${region}`, () => assert.equal(toE164(text, region), number))
})
