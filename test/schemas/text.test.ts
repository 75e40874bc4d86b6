/** Valid texts: names, questions, options. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { messageKey } from '../../app/i18n/messages.ts'
import { DecisionForm } from '../../app/schemas/decision.ts'
import { ReportBody } from '../../app/schemas/reports.ts'
import { descriptionText } from '../../app/schemas/poll.ts'
import { SettingsBody } from '../../app/schemas/settings.ts'
import { isClean, line, optionLine, uncleanCharacter } from '../../app/schemas/text.ts'
import { codePoints } from '../../app/values/text.ts'

const check = (text: unknown) => line(10, 'missing').safeParse(text)

const refused: Array<[what: string, text: unknown]> = [
  ['nothing', ''],
  ['blanks', ' \t\n '],
  ['blanks of other kinds', '\u00a0\u2003\u3000'],
  ['nothing to see', '\u200b\u200d\u2060\ufeff\u00ad'],
  ['a blank between nothing to see', '\u200b \u200b'],
  ['braille without dots', '\u2800'],
  ['a filler', '\u3164\uffa0'],
  ['marks on nothing', '\u0301\ufe0f'],
  ['NUL', 'a\0b'],
  ['a bell', 'a\u0007b'],
  ['a line break', 'a\nb'],
  ['an escape sequence', '\u001b[31mred'],
  ['a control character of the upper half', 'a\u0085b'],
  ['half of a character', 'a\ud800'],
  ['the other half', '\udc00a'],
  ['text turned around', 'a\u202eb'],
  ['an embedding', 'a\u202ab\u202c'],
  ['eleven characters', 'abcdefghijk'],
  ['eleven emoji', '😀'.repeat(11)],
  ['a number', 1],
  ['nothing at all', null],
  ['a list', ['a']],
  ['an object', { toString: 'a' }]
]

describe('schemas/text', () => {
  test('the same paste becomes the same text in every field of several lines', () => {
    const pasted = '\u2068 One\r\ntwo\rthree\vfour\u0085five\u2069 \n'
    const expected = 'One\ntwo\nthree\nfour\nfive'
    assert.equal(descriptionText.parse(pasted), expected)
    assert.equal(ReportBody.parse({ reason: pasted }).reason, expected)
    assert.equal(SettingsBody.parse({ imprint: pasted }).imprint, expected)
  })

  test('a report needs a reason that can be seen', () => {
    for (const reason of ['', ' \r\n', '\u200b', undefined])
      assert.equal(ReportBody.safeParse({ reason }).success, false)
  })

  test('lines without anything to see are none', () => {
    for (const text of ['', ' \r\n', '\u200b', '\u2800\n\u00ad', '\u3164', '\u200b'.repeat(3_000)]) {
      assert.equal(descriptionText.parse(text), '')
      assert.equal(SettingsBody.parse({ privacy: text }).privacy, '')
      assert.equal(DecisionForm.safeParse({ text }).success, false)
    }
    assert.equal(descriptionText.safeParse('\u0007').success, false)
  })

  test('characters that cannot be shown or are invisible are rejected', () => {
    for (const [what, text] of refused) assert.equal(check(text).success, false, what)
  })

  test('usual text is unchanged', () => {
    for (const text of [
      'a',
      'é',
      'e\u0301',
      '👩‍👩‍👧‍👦',
      '你好',
      'שלום',
      'مرحبا',
      '<b>&"\'',
      'a\u2028b',
      '😀'.repeat(10)
    ])
      assert.deepEqual(check(` ${text} `), { success: true, data: text }, text)
  })

  test('copied isolates and tabs are removed', () => {
    for (const [text, kept] of [
      ['\u2068Pizza\u2069', 'Pizza'],
      ['a\u2067b', 'ab'],
      ['Room\tA', 'Room A'],
      ['\u2068a\u2069 leads', 'a leads'],
      ['\u202aAnn Lee\u202c', 'Ann Lee'],
      [' \u202b\u2068Ann\u2069 \u202c', 'Ann'],
      ['\u202dAnn\u202c', 'Ann'],
      ['Big\vtitle', 'Big title'],
      ['Big\ftitle', 'Big title']
    ])
      assert.deepEqual(check(text), { success: true, data: kept }, text)
  })

  test('a pair of embeddings is dropped only around the whole text', () => {
    for (const text of ['\u202aAnn', 'Ann\u202c', '\u202aAnn\u202c \u202ab\u202c', '\u202aAnn\u202c b'])
      assert.equal(check(text).success, false, text)
    assert.equal(descriptionText.parse('\u202aOne\ntwo\u202c\n'), 'One\ntwo')
    assert.equal(descriptionText.safeParse('One\n\u202etwo').success, false)
  })

  test('an option has no separator at which a list of options is split', () => {
    assert.equal(optionLine(10, 'missing').parse('a\u2028b\u2029c\td'), 'a b c d')
    assert.equal(optionLine(10, 'missing').safeParse('a\u000bb').success, false)
  })

  const messages: Array<[what: string, text: unknown, messages: string[]]> = [
    ['an empty field', '', ['missing']],
    ['a control character alone', '\u0007', ['missing']],
    ['an absent field', undefined, ['missing']],
    ['a long text without anything to see', '\u200b'.repeat(11), ['missing']],
    ['a line break', 'a\nb', [messageKey('unshowable', 'U+000A')]],
    ['a long text with a line break', `${'a'.repeat(11)}\nb`, [messageKey('unshowable', 'U+000A')]],
    ['eleven characters', 'a'.repeat(11), [messageKey('atMostCharacters', 10)]]
  ]
  for (const [what, text, expected] of messages)
    test(`${what} has one message`, () =>
      assert.deepEqual(
        check(text).error?.issues.map(({ message }) => message),
        expected
      ))

  test('characters that are allowed are clean, and no others', () => {
    assert.equal(isClean('a\nb\n'), false)
    assert.equal(isClean('a\nb\n', '\n'), true)
    assert.equal(isClean('a\nb\tc', '\n\t'), true)
    assert.equal(isClean('a\nb\tc', '\n'), false)
    for (const [text, character] of [
      ['a\u0007', 'U+0007'],
      ['a\u202eb', 'U+202E'],
      ['a\u2067b', 'U+2067'],
      ['😀', undefined]
    ] as const)
      assert.equal(uncleanCharacter(text), character)
    assert.equal(isClean('mutant \ud800', '\n'), false)
  })

  test('a character is a code point', () => {
    assert.equal(codePoints('a😀é'), 3)
    assert.equal(codePoints(''), 0)
  })
})
