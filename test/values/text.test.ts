/** The forms of a text, as tables. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  codePoints,
  cutText,
  dropInvisible,
  dropIsolates,
  hasVisible,
  isFormerSearchForm,
  searchForm,
  visibleForm
} from '../../app/values/text.ts'

/** The flag of a region: `gbeng` is England. */
const flagOf = (region: string) =>
  `🏴${[...region].map(letter => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')}\u{e007f}`

describe('values/text', () => {
  const same: Array<[string, string]> = [
    ['Pizza Hut', 'Pizza  Hut'],
    ['Pizza Hut', 'pizza hut '],
    ['Pizza Hut', 'Pizza\u00a0Hut'],
    ['Pizza Hut', 'Pizza\u3000Hut'],
    ['Pizza Hut', 'Pizza Hut\u200b'],
    ['❤', '❤️'],
    ['☎\ufe0e', '☎\ufe0f'],
    ['STRASSE', 'Straße'],
    ['SINIR', 'sinir'],
    ['STRAẞE', 'Straße'],
    ['Pizza\u2011Hut', 'Pizza-Hut'],
    ['Pizza\u2010Hut', 'Pizza\u2011Hut'],
    ['ΟΔΟΣ', 'οδος'],
    ['Café', 'Cafe\u0301'],
    ['ＡＢＣ', 'abc'],
    ['ﬁn', 'fin'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['a\u200db', 'ab'],
    ['a\ufff9b', 'ab'],
    ['a\u{e0062}\u{e007f}', 'a'],
    ['a\tb', 'a b'],
    ['a\n b', 'a b'],
    ['ＡＢ²ＣＤ', 'ab²cd'],
    ['10～12時', '10\u301c12時'],
    ['\u06a9تاب', '\u0643تاب'],
    ['چا\u06cc', 'چا\u064a'],
    ['A\u2800B', 'A B'],
    ['Pizza Hut', 'Pizza\u3164Hut'],
    ['Pizza Hut', 'Pizza\uffa0Hut'],
    ['Pizza Hut', 'Pizza\u1160Hut'],
    ['Pizza Hut', 'Pizza \u115fHut\u3164']
  ]
  for (const [a, b] of same)
    test(`visibleForm: ${a} looks like ${b}`, () => assert.equal(visibleForm(a), visibleForm(b)))

  const different: Array<[string, string]> = [
    ['café', 'cafe'],
    ['sınır', 'sinir'],
    ['x²', 'x2'],
    ['①', '1'],
    ['½', '1/2'],
    ['½', '1\u20442'],
    ['⅓', '1\u20443'],
    ['x³', 'x3'],
    ['x¹', 'x1'],
    ['x⁴', 'x4'],
    ['x₂', 'x2'],
    ['a b', 'ab'],
    ['👩🏽\u200d🚀', '👩🏽🚀'],
    ['🏳\ufe0f\u200d🌈', '🏳\ufe0f🌈'],
    ['👨‍👩‍👧', '👨👩👧'],
    ['👍', '👍🏽'],
    [flagOf('gbeng'), flagOf('gbsct')],
    [flagOf('gbwls'), '🏴'],
    ['10–12', '10-12'],
    ['Yes', 'Yes!'],
    ['عل\u0649', 'عل\u064a'],
    ['٢', '2'],
    ['и', 'й'],
    ['Łódź', 'Lodz'],
    ['Ørsted', 'Orsted']
  ]
  for (const [a, b] of different)
    test(`visibleForm: ${a} does not look like ${b}`, () => assert.notEqual(visibleForm(a), visibleForm(b)))

  const found: Array<[text: string, query: string]> = [
    ['Москва или Питер', 'москва'],
    ['Cafe\u0301 crème', 'café'],
    ['Café crème', 'CREME'],
    ['Übelkeit', 'übel'],
    ['Übelkeit', 'ubel'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'straße'],
    ['ΟΔΟΣ', 'οδός'],
    ['ｐｉｚｚａ', 'Pizza'],
    ['x² + y²', 'x2'],
    ['İstanbul', 'istanbul'],
    ['sınır', 'sinir'],
    ['ガス', 'ガス'],
    ['한국어', '한국'],
    ['北京还是上海', '上海'],
    ['Ti\u00ean\u0303', 'tien'],
    ['two  words', 'two words'],
    ['two\twords', 'two words'],
    ['οδοσήμανση', 'ΟΔΟΣ'],
    ['L’été à la mer', "l'ete"],
    ["L'été", 'l’été'],
    ['Hawaiʻi', "hawai'i"],
    ['“Zauberberg” lesen', '"zauberberg"'],
    ['10–12 Uhr', '10-12'],
    ['Nicht‑umbruch', 'nicht-umbruch'],
    ['Łódź', 'lodz'],
    ['Lodz', 'ŁÓDŹ'],
    ['Ørsted', 'orsted'],
    ['Orsted', 'ørsted'],
    ['Ǿrsted', 'orsted'],
    ['Straße', 'STRASSE'],
    ['STRASSE', 'Straẞe'],
    ['Đà Nẵng', 'da nang'],
    ['Ħamrun', 'hamrun'],
    ['Ærø', 'aero'],
    ['Œuvre', 'oeuvre'],
    ['Þór', 'thor'],
    ['Reyðarfjörður', 'reydarfjordur'],
    ['Iğdır', 'igdir'],
    ['Davvi Sápmi: Ŧ', 'sapmi: t'],
    ['Ŋ', 'n'],
    ['Kalaallisut ĸ', 'Q'],
    ['Ɗan Ƙasa', 'dan kasa'],
    ['Ŀ', 'l'],
    ['צה\u05f4ל', 'צה"ל'],
    ['ג\u05f3ירפה', "ג'ירפה"],
    ['בית\u05beספר', 'בית-ספר'],
    ['\u0643تاب', '\u06a9تاب'],
    ['چا\u06cc', 'چا\u064a'],
    ['مصطف\u0649', 'مصطف\u06cc'],
    ['مح\u0640مد', 'محمد'],
    ['محمد', 'مح\u0640\u0640مد'],
    ['10\u301c12時', '10～12時'],
    ['٢٠٢٦', '2026'],
    ['2026', '२०२६'],
    ['A\u2800B', 'a b'],
    ['A\u3164B', 'a b'],
    ['A\uffa0B', 'a b'],
    ['A\u1160B', 'a b'],
    ['A\u115fB', 'a b'],
    ['‹Zauberberg›', "'zauberberg'"]
  ]
  for (const [text, query] of found)
    test(`searchForm: ${query} finds ${text}`, () => assert.ok(searchForm(text).includes(searchForm(query))))

  test('isFormerSearchForm: no search form is one of former versions', () => {
    for (const text of ['łodz', 'ærø', 'straŋ', 'צה״ל', '٢٠٢٦', 'محـمد'])
      assert.ok(isFormerSearchForm(text), text)
    for (let code = 0; code < 0x3100; code++) {
      const form = searchForm(String.fromCodePoint(code))
      assert.ok(!isFormerSearchForm(form), form)
    }
  })

  test('searchForm: other words are not found', () => {
    assert.ok(!searchForm('Pizza').includes(searchForm('Pasta')))
    assert.ok(!searchForm('two words').includes(searchForm('twowords')))
    assert.equal(searchForm('\u200b \u0301'), '')
  })

  const dropped: Array<[string, string]> = [
    ['\u202a+49 171 1234567\u202c', '+49 171 1234567'],
    ['\u202d+49\u00a0171\u202f1234567\u202c', '+49 171 1234567'],
    ['+49\u2007171', '+49 171'],
    ['ann\u200b@example.org', 'ann@example.org'],
    ['\ufeffann@example.org\u2060', 'ann@example.org'],
    ['ann@exam\u00adple.org', 'ann@example.org']
  ]
  for (const [typed, kept] of dropped)
    test(`dropInvisible: ${JSON.stringify(typed)}`, () => assert.equal(dropInvisible(typed), kept))

  test('dropIsolates keeps marks that shape a text', () => {
    assert.equal(dropIsolates('\u2068a\u2069\u2067b\u2069'), 'ab')
    assert.equal(dropIsolates('👨‍👩‍👧 \u200fשלום'), '👨‍👩‍👧 \u200fשלום')
  })

  const cuts: Array<[text: string, max: number, cut: string]> = [
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['👨‍👩‍👧👨‍👩‍👧x', 2, '👨‍👩‍👧👨‍👩‍👧'],
    ['e\u0301e\u0301', 1, 'e\u0301'],
    ['🇩🇪🇫🇷', 1, '🇩🇪'],
    ['👍🏽👍', 1, '👍🏽'],
    ['', 3, '']
  ]
  for (const [text, max, cut] of cuts)
    test(`cutText: ${text} to ${max}`, () => assert.equal(cutText(text, max), cut))

  for (const [text, maxBytes, cut] of [
    ['abc', 2, 'ab'],
    ['éé', 3, 'é'],
    ['👨‍👩‍👧x', 17, ''],
    ['👨‍👩‍👧x', 18, '👨‍👩‍👧']
  ] as const)
    test(`cutText: ${text} to ${maxBytes} bytes`, () => assert.equal(cutText(text, 3, maxBytes), cut))

  test('codePoints counts code points', () => assert.equal(codePoints('a😀e\u0301'), 4))

  for (const text of [
    '',
    ' ',
    '\u2028',
    '\u200b',
    '\u00ad',
    '\u3164',
    '\u0301',
    '\u2800',
    '\u0007',
    '\ud800',
    '\ue000'
  ])
    test(`hasVisible: ${JSON.stringify(text)} shows nothing`, () => assert.equal(hasVisible(text), false))

  for (const text of ['a', '.', '😀', '🇩🇪', '\u200b你', ' é '])
    test(`hasVisible: ${JSON.stringify(text)} shows something`, () => assert.equal(hasVisible(text), true))
})
