/** Numbers and codes in digits of several scripts. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { plainCode, plainDigits, plainJoinCode, readNumber } from '../../app/values/digits.ts'

describe('values/digits', () => {
  test('every digit has its value', () => {
    for (const digits of [
      '٠١٢٣٤٥٦٧٨٩',
      '۰۱۲۳۴۵۶۷۸۹',
      '０１２３４５６７８９',
      '০১২৩৪৫৬৭৮৯',
      '०१२३४५६७८९',
      '၀၁၂၃၄၅၆၇၈၉',
      '𑁦𑁧𑁨𑁩𑁪𑁫𑁬𑁭𑁮𑁯',
      '𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙'
    ])
      assert.equal(plainDigits(digits), '0123456789')
  })

  test('a code is compared without marks and separators', () => {
    for (const typed of [
      '482 913',
      '482-913',
      '482.913',
      '482\u2013913',
      '482\u200b913',
      '\u202a482913\u202c',
      '\u2066482 913\u2069',
      '\ufeff482\u00a0913',
      '٤٨٢٩١٣',
      '۴۸۲ ۹۱۳',
      '４８２９１３',
      '4829I3',
      '4829l3'
    ])
      assert.equal(plainCode(typed), '482913', JSON.stringify(typed))
  })

  test('a join code is that of a pasted address, and without marks around it', () => {
    for (const typed of [
      'http://vote.example/482913',
      ' https://example.org/vote/482913/?done=withdrawn#counted\n',
      'vote.example/482913',
      'http://vote.example/482-913',
      'http://vote.example/482%20913',
      'http://vote.example/482+913',
      'http://vote.example/482%C2%A0913',
      'http://vote.example/482913&gt;',
      '<http://vote.example/482913>',
      'Code: 482 913',
      '密码：482913',
      '482913에서',
      '482913%',
      '/482913',
      '(482913)',
      '“482 913”',
      '#482913',
      '482913!'
    ])
      assert.equal(plainJoinCode(typed), '482913', JSON.stringify(typed))
    for (const typed of [
      '482913/7',
      'http://vote.example/',
      '48(29)13',
      'x482913',
      '482913x',
      '1 482913',
      ''
    ])
      assert.equal(plainJoinCode(typed), '', typed)
  })

  test('a number is whole, and nothing else', () => {
    for (const typed of ['12', ' 12 ', '١٢', '۱۲', '１２', '\u200f12\u200f'])
      assert.equal(readNumber(typed), 12)
    for (const typed of ['1 000', '1\u202f000', '1\u00a0000 ', '١\u00a0٠٠٠'])
      assert.equal(readNumber(typed), 1_000)
    for (const typed of ['', '-1', '1.5', '1e3', '1 2', '1 0000', 'x', '1234567890'])
      assert.ok(Number.isNaN(readNumber(typed)), typed)
  })
})
