/** Every catalogue is complete, and a request gets the nearest language. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { catalogues, createLanguages } from '../../app/i18n/catalogues.ts'
import { grammarOf } from '../../app/i18n/grammar.ts'
import ar from '../../app/i18n/locales/ar.ts'
import en, { type Catalogue } from '../../app/i18n/locales/en.ts'
import { say } from '../../app/i18n/markup.ts'
import { latinIn } from '../support/page-texts.ts'

/** Lists every key with its value. */
function entriesOf(value: object, path = ''): Array<[string, unknown]> {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null
      ? entriesOf(inner, `${path}${name}.`)
      : [[path + name, inner] as [string, unknown]]
  )
}

const [own] = [new Set(Object.keys(grammarOf('en')))]
const said = (catalogue: Catalogue) => new Map(entriesOf(catalogue).filter(([key]) => !own.has(key)))

/** Languages of the same script share words: Option, Version, min. A sentence is never the same. */
const isShared = (tag: string, text: string) =>
  new Intl.Locale(tag).maximize().script === 'Latn' && !/\p{L}{4,} .*\p{L}{2,}/u.test(text)

describe('i18n/catalogues', () => {
  for (const catalogue of catalogues) {
    test(`${catalogue.name}: has the same keys as English, with values of the same type that are not empty`, () => {
      const [english, theirs] = [said(en), said(catalogue)]
      assert.deepEqual([...theirs.keys()], [...english.keys()], 'in the order in which pages list them')
      for (const [key, value] of theirs) {
        assert.equal(typeof value, typeof english.get(key), key)
        assert.ok(typeof value === 'function' || String(value).trim() === value, key)
        assert.notEqual(value, '', key)
      }
    })
  }

  test('no sentence is untranslated', () => {
    for (const catalogue of catalogues.filter(({ tag }) => tag !== en.tag)) {
      const english = said(en)
      const left = [...said(catalogue)].filter(
        ([key, value]) =>
          typeof value === 'string' && value === english.get(key) && !isShared(catalogue.tag, value)
      )
      assert.deepEqual(left, [], catalogue.name)
    }
  })

  test('Arabic has no untranslated word, on pages or not', () => {
    const words = [...said(ar).values()]
      .filter(value => typeof value !== 'function')
      .flatMap(text => latinIn(String(text).replace(/<code>.*?<\/code>|<[^>]*>/g, '')))
    assert.deepEqual(words, [])
  })

  test('French signs have no ordinary space before them, where a line could end', () => {
    const text = readFileSync(join(root, 'app/i18n/locales/fr.ts'), 'utf8')
    // A conditional of the code is followed by a quote.
    const found = text.split('\n').filter(line => /[\p{L}’»)}] [:;!?»](?!\?? ['"`(])|« /u.test(line))
    assert.deepEqual(found, [])
  })

  test('numbers agree with their nouns in every plural form', () => {
    const of = (tag: string) => catalogues.find(catalogue => catalogue.tag === tag)!.polls.votes
    assert.deepEqual([0, 1, 2, 3, 11, 100].map(of('ar')), [
      'لا أصوات',
      'صوت واحد',
      'صوتان',
      '3 أصوات',
      '11 صوتًا',
      '100 صوت'
    ])
    assert.deepEqual([0, 1, 2, 1_000_000].map(of('fr')), [
      '0 vote',
      '1 vote',
      '2 votes',
      '1\u202f000\u202f000 de votes'
    ])
    assert.deepEqual([1, 2, 1_000_000].map(of('es')), ['1 voto', '2 votos', '1.000.000 de votos'])
    assert.deepEqual([0, 1, 2].map(of('de')), ['0 Stimmen', '1 Stimme', '2 Stimmen'])
  })

  test('what an Arabic account loses agrees with the number of its polls', () => {
    const { loses } = catalogues.find(({ tag }) => tag === 'ar')!.deleteAccount
    const inThem = (polls: number) => /، (وفي\S+) 5/.exec(String(loses(polls, 5, text => say`${text}`)))?.[1]
    assert.deepEqual([1, 2, 3, 11, 100].map(inThem), ['وفيه', 'وفيهما', 'وفيها', 'وفيها', 'وفيها'])
  })

  test('mails have numbers of their language', () => {
    for (const { tag, number, mails } of catalogues) {
      assert.ok(mails.digestLine(12_345, true).includes(number(12_345)), tag)
      assert.ok(mails.digestMore(12_345).includes(number(12_345)), tag)
    }
  })

  test('mails from right to left isolate the site and the time', () => {
    for (const { dir, mails } of catalogues.filter(catalogue => catalogue.dir === 'rtl')) {
      const timed = [mails.reset, mails.invitation, mails.confirmation, mails.address].map(mail =>
        mail('SITE', 'LINK', 'UNTIL')
      )
      const ofVotes = [mails.ballot, mails.reminder].map(mail => mail('SITE', 'POLL', 'LINK', 'UNTIL'))
      for (const text of [...timed, ...ofVotes]) assert.match(text, /\u2068UNTIL\u2069/, dir)
      for (const text of [...timed, ...ofVotes, mails.moved('SITE'), mails.digest('SITE')])
        assert.match(text, /\u2068SITE\u2069/, dir)
    }
  })

  test('Accept-Language selects the preferred available language', () => {
    const { negotiate } = createLanguages()
    const cases: Array<[string | undefined, string]> = [
      [undefined, 'en-GB'],
      ['', 'en-GB'],
      ['en', 'en-GB'],
      ['en-US,en;q=0.9,zh-CN;q=0.8', 'en-GB'],
      ['zh', 'zh-Hans'],
      ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-Hans'],
      ['ZH-hans-sg', 'zh-Hans'],
      ['zh-TW', 'zh-Hans'],
      ['en;q=0.3, zh ; q=0.7', 'zh-Hans'],
      ['tlh, ja;q=0.9, zh;q=0.1', 'zh-Hans'],
      ['tlh, *;q=0.5', 'en-GB'],
      ['*', 'en-GB'],
      ['de-AT, en;q=0.9', 'de'],
      ['fr-CA', 'fr'],
      ['es-419,es;q=0.9', 'es'],
      ['ar-EG, en;q=0.8', 'ar'],
      ['pt-BR, es;q=0.5, en;q=0.4', 'es'],
      ['zh;q=0, tlh', 'en-GB'],
      ['zh;Q=0, tlh', 'en-GB'],
      ['zh;q=nonsense', 'en-GB'],
      ['x-klingon, 1, -, ;, ,,, zh-SG', 'zh-Hans'],
      [`${'a,'.repeat(5000)}zh`, 'en-GB']
    ]
    for (const [header, tag] of cases) assert.equal(negotiate(header).tag, tag, header)
    for (const [header, tag] of cases) assert.equal(negotiate(header).tag, tag, 'the second time')
  })

  test('mistakes call the kinds of polls what the form calls them', () => {
    for (const { tag, form, mistakes } of catalogues)
      for (const mistake of [mistakes.seatsNeedChoice, mistakes.suggestionsNeedChoice])
        for (const [label] of [form.kinds.single, form.kinds.multiple])
          assert.ok(mistake.includes(label!), `${tag}: ${mistake}`)
  })

  test('the catalogue with the nearest script and region is selected', () => {
    const made = ['zh-Hans', 'zh-Hant', 'pt-PT', 'pt-BR'].map(tag => ({ ...en, ...grammarOf(tag) }))
    const { negotiate } = createLanguages(made)
    const cases = {
      'zh-TW': 'zh-Hant',
      'zh-HK': 'zh-Hant',
      'zh-CN': 'zh-Hans',
      zh: 'zh-Hans',
      'pt-BR': 'pt-BR',
      'pt-PT': 'pt-PT',
      pt: 'pt-BR',
      'pt-AO': 'pt-PT'
    }
    for (const [header, tag] of Object.entries(cases)) assert.equal(negotiate(header).tag, tag, header)
  })
})
