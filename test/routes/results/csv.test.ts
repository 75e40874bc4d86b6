/** CSV records and the names of files, as tables. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parse } from 'content-disposition'
import Fastify from 'fastify'
import { attach, byteOrderMark, csvLine, csvType } from '../../../app/routes/results/csv.ts'

describe('routes/results/csv', () => {
  const cells: Array<[string, string | number, string]> = [
    ['a number', 12, '12'],
    ['text', 'Pizza', 'Pizza'],
    ['a comma', 'Pizza, Sushi', '"Pizza, Sushi"'],
    ['a quotation mark', 'the "best"', '"the ""best"""'],
    ['a line break', 'a\nb', '"a\nb"'],
    ['a carriage return', 'a\rb', '"a\rb"'],
    ['a negative number', -1, '-1'],
    ['an empty text', '', ''],
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

  for (const [name, first] of [
    ['carriage return', '\r'],
    ['line feed', '\n']
  ] as const)
    test(`a cell that begins with a ${name} is text, not a formula`, () => {
      assert.equal(csvLine([`${first}=1`]), `"'${first}=1"\r\n`)
    })

  test('the file begins with a byte order mark', () => {
    assert.equal(byteOrderMark, '\u{feff}')
    assert.equal(csvType, 'text/csv; charset=utf-8')
  })
})

/** Titles, and the names that the header offers after decoding. */
const titles: Array<[what: string, title: string, name: string]> = [
  ['text', 'Lunch', 'Lunch results.csv'],
  ['characters that file systems refuse', 'a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j results.csv'],
  ['several of them', 'a//??b', 'a b results.csv'],
  ['some at the ends', '?a?', 'a results.csv'],
  ['invisible characters', 'a\u200b\u0007b\u202ec', 'a b c results.csv'],
  ['leading dots', '..a.b', 'a.b results.csv'],
  ['a dot inside', 'a.b', 'a.b results.csv'],
  ['nothing else', '??', 'results.csv'],
  ['51 characters', '😀'.repeat(51), `${'😀'.repeat(50)} results.csv`],
  ['long characters', 'क्षि'.repeat(50), `${'क्षि'.repeat(16)} results.csv`],
  ['long emoji', '👨‍👩‍👧'.repeat(30), `${'👨‍👩‍👧'.repeat(11)} results.csv`],
  ['characters of RFC 5987', `it's (a) 100 % *`, `it's (a) 100 % results.csv`],
  ['Chinese', '午饭', '午饭 results.csv'],
  ['a joined emoji', 'With 👨\u200d👩\u200d👧?', 'With 👨\u200d👩\u200d👧 results.csv'],
  [
    'the flag of a region',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} results.csv'
  ],
  ['a Persian word', 'می\u200cخواهم', 'می\u200cخواهم results.csv']
]

describe('routes/results/csv: the name of the file', () => {
  for (const [what, title, name] of titles)
    test(`a title with ${what}`, async t => {
      const app = Fastify()
      t.after(() => app.close())
      app.get('/', (_request, reply) => attach(reply, 'results', title, 'csv').send(''))
      const header = String((await app.inject('/')).headers['content-disposition'])
      const { type, parameters } = parse(header)
      assert.equal(type, 'attachment')
      assert.equal(parameters.filename, name)
      assert.match(header, /^attachment; filename=results\.csv/, 'for clients that know plain names only')
      assert.match(header, /^[ -~]+$/)
    })
})
