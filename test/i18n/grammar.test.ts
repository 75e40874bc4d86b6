/** Numbers, plurals, lists and times of each language. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { catalogues } from '../../app/i18n/catalogues.ts'
import { grammarOf, PLURAL_CATEGORIES } from '../../app/i18n/grammar.ts'
import { bdi, strong } from '../../app/i18n/markup.ts'

const now = Date.UTC(2026, 10, 20, 13)

describe('i18n/grammar', () => {
  test('a time is formatted with its zone, and its distance from now', () => {
    const { inWords, fromNow } = grammarOf('en-GB')
    assert.equal(inWords('2026-11-20 16:00:00', 'Europe/Berlin'), 'Fri, 20 Nov 2026, 17:00 CET')
    assert.equal(inWords('2026-11-20 16:00:00', 'UTC'), 'Fri, 20 Nov 2026, 16:00 UTC')
    assert.equal(fromNow('2026-11-20 16:00:00', now), 'in 3 hours')
    assert.equal(fromNow('2026-11-22 16:00:00', now), 'in 2 days')
    assert.equal(fromNow('2026-11-20 13:00:20', now), 'in 20 seconds')
    assert.equal(fromNow('2026-11-20 13:00:00', now), 'now')
  })

  test('a zone is read in any spelling, and more zones than are kept', () => {
    const { inWords, datesIn } = grammarOf('en-GB')
    const starts = '2026-11-20 16:00:00'
    const berlin = 'Fri, 20 Nov 2026, 17:00 CET'
    const zones = Intl.supportedValuesOf('timeZone')
    assert.ok(zones.length > 100)
    for (const zone of ['Europe/Berlin', 'eUrope/berlin', ...zones, 'Europe/Berlin']) {
      assert.equal(datesIn(zone)({ starts, ends: null }), inWords(starts, zone))
      if (/berlin/i.test(zone)) assert.equal(inWords(starts, zone), berlin)
    }
  })

  test('a time whose end has another offset names both', () => {
    const datesIn = grammarOf('en-GB').datesIn('Europe/Berlin')
    const said = (starts: string, ends: string) => datesIn({ starts, ends }).replaceAll('\u2009', ' ')
    assert.match(
      said('2026-12-04 17:00:00', '2026-12-04 19:00:00'),
      /^Fri, 4 Dec 2026, 18:00\s?–\s?20:00 CET$/
    )
    assert.equal(
      said('2026-10-24 23:00:00', '2026-10-25 03:00:00'),
      'Sun, 25 Oct 2026, 01:00 CEST – Sun, 25 Oct 2026, 04:00 CET'
    )
    assert.equal(
      said('2026-10-25 00:30:00', '2026-10-25 01:30:00'),
      'Sun, 25 Oct 2026, 02:30 CEST – Sun, 25 Oct 2026, 02:30 CET'
    )
  })

  test('times are formatted in Chinese', () => {
    const { inWords, fromNow, dir } = grammarOf('zh-Hans')
    assert.equal(inWords('2026-11-20 16:00:00', 'Asia/Shanghai'), '2026年11月21日周六 GMT+8 00:00')
    assert.equal(fromNow('2026-11-20 16:00:00', now), '3小时后')
    assert.equal(dir, 'ltr')
  })

  test('plural forms and direction depend on the language', () => {
    const { plural, dir } = grammarOf('ar')
    const forms = { zero: 'none', one: 'one', two: 'pair', few: 'few', many: 'many', other: 'other' }
    const said = [0, 1, 2, 3, 11, 100].map(n => plural(n, forms))
    assert.deepEqual(said, ['none', 'one', 'pair', 'few', 'many', 'other'])
    assert.equal(grammarOf('pl').plural(2, { other: 'other' }), 'other', 'a form that is missing')
    assert.equal(dir, 'rtl')
    assert.equal(grammarOf('zh-Hans').plural(1, { other: 'other' }), 'other')
    assert.equal(grammarOf('fr').plural(0, { one: 'un', many: 'm', other: 'o' }), 'un')
  })

  test('the listed plural categories are those of Intl', () => {
    for (const { tag } of catalogues)
      assert.ok(tag in PLURAL_CATEGORIES, `${tag}: list its plural categories in app/i18n/grammar.ts`)
    for (const [tag, listed] of Object.entries(PLURAL_CATEGORIES)) {
      const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions()
      assert.deepEqual(new Set<string>(listed), new Set<string>(pluralCategories), tag)
    }
  })

  test('numbers and percents are formatted for the language', () => {
    const [en, de] = [grammarOf('en-GB'), grammarOf('de')]
    assert.deepEqual([en.number(12_345), en.percent(43)], ['12,345', '43%'])
    assert.deepEqual([de.number(12_345), de.percent(43)], ['12.345', '43\u00a0%'])
    const egypt = grammarOf('ar-EG')
    assert.equal(egypt.number(12_345), '12,345', 'Latin digits, as in codes and in the browser')
    assert.match(egypt.inWords('2026-11-20 16:00:00', 'UTC'), /2026/)
    for (const starts of ['2026-11-20', '2026-11-20 16:00:00'])
      assert.match(egypt.datesIn('UTC')({ starts, ends: null }), /2026/)
  })

  test('lists and sentences keep markup and escape text', () => {
    const { list, listOfText, sentences } = grammarOf('en-GB')
    const [one, other, third] = ['<b>', 'Salt & "pepper"', "'"].map(strong)
    assert.equal(String(list([one!])), '<strong><bdi>&lt;b&gt;</bdi></strong>')
    assert.equal(
      String(list([one!, other!, third!])),
      '<strong><bdi>&lt;b&gt;</bdi></strong>, <strong><bdi>Salt &amp; &quot;pepper&quot;</bdi></strong> and <strong><bdi>&#39;</bdi></strong>'
    )
    assert.equal(listOfText(['a', 'b', 'c']), 'a, b and c')
    assert.equal(String(sentences('1 < 2.', false, bdi('x'), undefined, '')), '1 &lt; 2. <bdi>x</bdi>')
    assert.equal(
      String(grammarOf('zh-Hans').sentences('单选。', '截止前可以更改。')),
      '单选。截止前可以更改。'
    )
  })
})
