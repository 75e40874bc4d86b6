/** Markup of users' texts. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { withLinks } from '../../app/i18n/markup.ts'

/** Returns the addresses that are links. */
const linked = (text: string) =>
  Array.from(
    withLinks(text)
      .toString()
      .matchAll(/href="([^"]*)"/g),
    ([, href]) => href
  )

const texts: Array<[text: string, addresses: string[]]> = [
  ['see https://example.org/a.', ['https://example.org/a']],
  ['(https://example.org/a)', ['https://example.org/a']],
  ['https://example.org/a_(b) and (https://example.org/a_(b))', Array(2).fill('https://example.org/a_(b)')],
  ['(https://example.org/(a)b)', ['https://example.org/(a)b']],
  ['[https://example.org/a[1]]', ['https://example.org/a[1]']],
  ['https://[::1]:8000/a and https://[::1]', ['https://[::1]:8000/a', 'https://[::1]']],
  ['https://[::1 and http://%', []],
  ['详情见https://example.org/a。欢迎投票', ['https://example.org/a']],
  ['详情见 https://example.org/a。欢迎投票', ['https://example.org/a']],
  [
    '（https://example.org/a）、「https://example.org/b」',
    ['https://example.org/a', 'https://example.org/b']
  ],
  ['“https://example.org/a”，好', ['https://example.org/a']],
  ['《https://example.org/a》', ['https://example.org/a']],
  ['https://zh.wikipedia.org/wiki/北京', ['https://zh.wikipedia.org/wiki/北京']],
  ['https://example.org/投票（選択）。', ['https://example.org/投票（選択）']],
  ['（https://example.org/投票（選択）の結果）', ['https://example.org/投票（選択）の結果']],
  ['https://example.org/a（周五截止） https://例.中国（官网）', ['https://example.org/a', 'https://例.中国']],
  ['https://example.org/投票（選択 https://example.org/投票）', Array(2).fill('https://example.org/投票')],
  ['https://fa.wikipedia.org/wiki/می\u200cخواهم', ['https://fa.wikipedia.org/wiki/می\u200cخواهم']],
  [
    'https://example.org/a؟ https://example.org/b، https://example.org/c।',
    ['a', 'b', 'c'].map(one => `https://example.org/${one}`)
  ],
  [
    '**https://example.org/a** https://example.org/b… ‘https://example.org/c‘',
    ['a', 'b', 'c'].map(one => `https://example.org/${one}`)
  ],
  ['https://example.org/a\u200e.', ['https://example.org/a']],
  ['报名请看https://example.org的说明', ['https://example.org']],
  ['자세한 내용은 https://example.org에서', ['https://example.org']],
  [
    'https://example.org:8000で、http://localhost에서 http://192.168.1.5에서',
    ['https://example.org:8000', 'http://localhost', 'http://192.168.1.5']
  ],
  ['https://example.org的/说明?a=1 https://例.xn--p1ai的', ['https://example.org', 'https://例.xn--p1ai']],
  [
    'https://bücher.example/a https://b한.한국/a https://пример.рф',
    ['https://bücher.example/a', 'https://b한.한국/a', 'https://пример.рф']
  ],
  [
    'https://example.org/a或https://example.org/b或https://example.org',
    ['https://example.org/a', 'https://example.org/b', 'https://example.org']
  ],
  [
    'https://x.org/a,https://y.org/b;https://x.org|https://y.org',
    ['https://x.org/a', 'https://y.org/b', 'https://x.org', 'https://y.org']
  ],
  [
    'https://web.archive.org/web/2026/https://x.org/a?b=https://y.org',
    ['https://web.archive.org/web/2026/https://x.org/a?b=https://y.org']
  ],
  ['`https://x.org/a` `https://x.org`', ['https://x.org/a', 'https://x.org']],
  [
    '_https://x.org_ __https://x.org/a_b__. https://x.org/a_',
    ['https://x.org', 'https://x.org/a_b', 'https://x.org/a_']
  ],
  ['xhttps://x.org', []],
  ['https://example.org/a*b,c', ['https://example.org/a*b,c']]
]

describe('i18n/markup', () => {
  for (const [text, addresses] of texts)
    test(`withLinks: ${JSON.stringify(text)}`, () => assert.deepEqual(linked(text), addresses))

  test('withLinks takes linear time', () => {
    for (const part of [
      'https://',
      'https://a/',
      'https://a/.',
      'https://a/一（',
      'https://a/一（一）',
      'https://a一',
      'https://a.b一.',
      'a一.',
      '_https://a_',
      '_',
      ',https://a',
      '一（',
      '（',
      '.'
    ])
      for (const end of ['', '.', '（']) linked(`https://a/一${part.repeat(200_000 / part.length)}${end}`)
  })

  test('withLinks escapes what is no address', () =>
    assert.equal(withLinks('<b> & http://%').toString(), '&lt;b&gt; &amp; http://%'))
})
