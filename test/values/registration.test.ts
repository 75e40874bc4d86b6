/** values/registration: lists of domains, and addresses that belong to them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { canonicalEmail } from '../../app/values/email.ts'
import { isOfDomains, parseDomains } from '../../app/values/registration.ts'

describe('values/registration', () => {
  test('a list of domains is read as people write it', () => {
    for (const [text, domains] of [
      ['', []],
      ['school.example', ['school.example']],
      [' @School.Example ,college.example;  school.example.\n', ['school.example', 'college.example']],
      ['＠école.example', ['xn--cole-9oa.example']],
      ['学校.example、大学.example', ['xn--48s290a.example', 'xn--pss25c.example']],
      ['localhost', ['localhost']],
      ['a.example، b.example؛c.example،', ['a.example', 'b.example', 'c.example']],
      ['a.example；b.example，c.example､d.example', ['a.example', 'b.example', 'c.example', 'd.example']],
      ['نامه\u200cای.com', ['xn--mgba3gch31f060k.com']],
      ['\u202aa.example\u202c my\u2011site.example', ['a.example', 'my-site.example']],
      ['\u202aa.example,\u202c', ['a.example']],
      ['l·l.cat', ['xn--ll-0ea.cat']]
    ] as const)
      assert.deepEqual(parseDomains(text), domains, text)
    for (const text of [
      'a@b',
      'http://school.example',
      '-a.example',
      'a_b.example',
      'a..b',
      '*.example',
      '.',
      '10.0.0.1',
      '7',
      'x/y',
      '• a.example',
      'a•.example',
      'xn--nvg',
      'example.xn--org-nwe',
      'x?y',
      'x#y',
      'a%41.example',
      'x'.repeat(254)
    ])
      assert.equal(parseDomains(text), undefined, text)
  })

  test('an address belongs to its own domain, not to a parent or to one that ends alike', () => {
    const domains = parseDomains('school.example école.example')!
    for (const [address, isOf] of [
      ['ann@school.example', true],
      ['ANN@School.Example.', true],
      ['"a@b"@school.example', true],
      ['ann@École.example', true],
      ['ann@mail.school.example', false],
      ['ann@preschool.example', false],
      ['school.example@evil.example', false],
      ['ann@school.example@evil.example', false]
    ] as const)
      assert.equal(isOfDomains(canonicalEmail(address), domains), isOf, address)
  })
})
