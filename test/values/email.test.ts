/** Canonical e-mail addresses. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { canonicalEmail, displayEmail, hasSeparator, isEmail } from '../../app/values/email.ts'

const spellings: Array<[typed: string, canonical: string]> = [
  ['Ann@Example.org', 'ann@example.org'],
  [' ann@example.org ', 'ann@example.org'],
  ['\u00a0ann@example.org\u202f', 'ann@example.org'],
  ['<\u00a0ann@example.org\u2007>', 'ann@example.org'],
  ['ann\u00a0@example.org', 'ann@example.org'],
  ['ann@\u202fexample\u00a0.org', 'ann@example.org'],
  ['ann@example\u00a0.\u2007org', 'ann@example.org'],
  [`ann@${'a'.repeat(300)}\u00a0.org`, `ann@${'a'.repeat(300)}.org`],
  ['Ann\u00a0ann@example.org', 'ann ann@example.org'],
  ['ann@example.org\u202fAnn', 'ann@example.org ann'],
  ['ann@münchen.example\u00a0Ann', 'ann@münchen.example ann'],
  ['ann@münchen.example', 'ann@xn--mnchen-3ya.example'],
  ['ann@mu\u0308nchen.example', 'ann@xn--mnchen-3ya.example'],
  ['ANN@MÜNCHEN.EXAMPLE', 'ann@xn--mnchen-3ya.example'],
  ['ann@xn--mnchen-3ya.example', 'ann@xn--mnchen-3ya.example'],
  ['ann@XN--MNCHEN-3YA.example', 'ann@xn--mnchen-3ya.example'],
  ['ann@例え.テスト', 'ann@xn--r8jz45g.xn--zckzah'],
  ['ann@例え。テスト', 'ann@xn--r8jz45g.xn--zckzah'],
  ['ann@пример.рф', 'ann@xn--e1afmkfd.xn--p1ai'],
  ['ann@ｅｘａｍｐｌｅ.org', 'ann@example.org'],
  ['ann@straße.example', 'ann@xn--strae-oqa.example'],
  ['a\u200bnn@exam\u00adple.org', 'ann@example.org'],
  ['\u202aann@example.org\u202c', 'ann@example.org'],
  ['ann@example.org.', 'ann@example.org'],
  ['josé@example.org', 'josé@example.org'],
  ['jose\u0301@example.org', 'josé@example.org'],
  ['mailto:Ann@example.org', 'ann@example.org'],
  ['<ann@example.org>', 'ann@example.org'],
  ['ann＠example.org', 'ann@example.org'],
  ['ａｎｎ＠Ｅxample.org', 'ann@example.org'],
  ['ann＠münchen.example', 'ann@xn--mnchen-3ya.example'],
  ['ann', 'ann'],
  ['@münchen.example', '@xn--mnchen-3ya.example'],
  ['a@münchen.example', 'a@xn--mnchen-3ya.example'],
  ['ann@نامه\u200cای.com', 'ann@xn--mgba3gch31f060k.com'],
  ['\u202aann@نامه\u200cای.com\u202c', 'ann@xn--mgba3gch31f060k.com'],
  ['ann@نامه\u200c.com', 'ann@xn--mgb4dbg.com'],
  ['آن\u200cا@example.org', 'آنا@example.org'],
  ['x@my\u2011domain.example', 'x@my-domain.example'],
  ['x@my\u2010domain.example', 'x@my-domain.example'],
  ['x@my\u2013domain.example', 'x@my-domain.example'],
  ['x@my\u2212dömain.example', 'x@xn--my-dmain-q4a.example'],
  ['mary\u2011ann@example.org', 'mary-ann@example.org'],
  ['ann@127.1', 'ann@127.1'],
  ['ann@1~', 'ann@1~']
]

describe('values/email', () => {
  for (const [typed, canonical] of spellings)
    test(`canonicalEmail: ${JSON.stringify(typed)}`, () => {
      assert.equal(canonicalEmail(typed), canonical)
      assert.equal(canonicalEmail(canonical), canonical, 'stays as it is')
    })

  test('isEmail: the domain can exist', () => {
    for (const typed of [
      'ann@example.org',
      'ann@EXAMPLE.org.',
      'root@localhost',
      'ann@127.1',
      'ann@a_b.example',
      'ann@[127.0.0.1]',
      'ann@[IPv6:2001:db8::1]',
      "o'neil+polls@mail-2.example.org",
      'ann@münchen.example',
      'ann＠例え。テスト',
      'ann@l·l.cat',
      'ann@نامه\u200cای.com'
    ])
      assert.equal(isEmail(canonicalEmail(typed)), true, typed)
    for (const typed of [
      'ann',
      '@example.org',
      'ann@',
      'a@b@c',
      'ann@example.org,',
      'ann@example.org;',
      'ann@example.org)',
      'ann@example..org',
      'ann@.example.org',
      'ann@example.org..',
      'ann@-example.org',
      'ann@пример..рф',
      'ann@例子.example，',
      'ann@[127.0.0.1',
      'ann@[example.org]',
      'ann@example.org،',
      'ann@example.xn--org-nwe',
      'ann@a•.example',
      'ann@münchen.example/büro',
      'ann@münchen.example#x',
      'ann@münchen.example?subject=Hi',
      'ann@münchen.example\\x',
      'ann@münchen.example:25',
      'ann@mü%41nchen.example',
      'ann@mü\tnchen.example',
      'ann@example.org/é',
      'ann@example.org／x',
      'ann@example.org？é',
      'Ann\u00a0ann@example.org',
      'Fr.\u00a0mueller@example.org',
      'Ann\u202fann@example.org',
      'ann@example.org\u2007Ann',
      'ann@münchen.example\u00a0Ann',
      `ann@${'x.'.repeat(130)}example`
    ])
      assert.equal(isEmail(canonicalEmail(typed)), false, typed)
  })

  test('separators before the @ are those of a list', () => {
    for (const typed of [
      'ann;ann@example.org',
      'smith,ann,ann@example.org',
      'ann<ann@example.org',
      'ann:ann@example.org',
      '(ann)ann@example.org',
      '[ann@example.org',
      '"ann"@example.org',
      'a\\nn@example.org',
      '张三，ann@example.org',
      'آن،ann@example.org'
    ])
      assert.equal(hasSeparator(canonicalEmail(typed)), true, typed)
    for (const typed of ["o'neil+polls@example.org", 'ann@[127.0.0.1]', 'josé@example.org'])
      assert.equal(hasSeparator(canonicalEmail(typed)), false, typed)
  })

  test('accents before the @ are significant', () =>
    assert.notEqual(canonicalEmail('josé@example.org'), canonicalEmail('jose@example.org')))

  test('displayEmail shows an international domain in its own script', () => {
    assert.equal(displayEmail('ann@xn--mnchen-3ya.example'), 'ann@münchen.example')
    assert.equal(displayEmail('ann@xn--e1afmkfd.xn--p1ai'), 'ann@пример.рф')
    assert.equal(displayEmail('ann@example.org'), 'ann@example.org')
    assert.equal(displayEmail('xn--ann@example.org'), 'xn--ann@example.org')
    assert.equal(displayEmail('ann@127.1'), 'ann@127.1')
  })
})
