/** CSV records, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { csvLine } from '../../../app/routes/results/csv.ts'

describe('routes/results/csv', () => {
  const cells: Array<[string, string | number, string]> = [
    ['a number', 12, '12'],
    ['text', 'Pizza', 'Pizza'],
    ['a comma', 'Pizza, Sushi', '"Pizza, Sushi"'],
    ['a quotation mark', 'the "best"', '"the ""best"""'],
    ['a line break', 'a\nb', '"a\nb"'],
    ['a semicolon', 'x;=1+1', '"x;=1+1"'],
    ['a semicolon at the end', 'x;', '"x;"'],
    ['a formula and a semicolon', '=1;-1', `"'=1;-1"`]
  ]
  for (const [what, cell, written] of cells) {
    test(`${what} is written as RFC 4180 says`, () => assert.equal(csvLine([cell]), `${written}\r\n`))
  }

  for (const first of ['=', '+', '-', '@', '\t', '\0', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']) {
    const name = `U+${first.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    test(`a cell that begins with ${name} is text, not a formula`, () => {
      assert.equal(csvLine([`${first}SUM(A1)`]), `'${first}SUM(A1)\r\n`)
    })
  }

  test('a formula character inside a cell stays as it is', () => {
    assert.equal(csvLine(['a=b', 'me@home']), 'a=b,me@home\r\n')
  })
})
