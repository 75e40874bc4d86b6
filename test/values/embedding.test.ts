/** Origins of pages that may show a poll, as people write them and as a policy has them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { embeddingOf, embedSources, readOrigin } from '../../app/values/embedding.ts'

describe('values/embedding', () => {
  test('an origin is read as browsers compare it', () => {
    const origins: Array<[string, string]> = [
      ['https://example.org', 'https://example.org'],
      ['https://example.org/', 'https://example.org'],
      ['HTTPS://Example.ORG:443', 'https://example.org'],
      ['http://localhost:8080', 'http://localhost:8080'],
      ['https://bücher.example', 'https://xn--bcher-kva.example'],
      ['http://192.0.2.7', 'http://192.0.2.7']
    ]
    for (const [text, origin] of origins) assert.equal(readOrigin(text), origin, text)
  })

  test('anything else is no origin, so that no text becomes another part of a policy', () => {
    const others = [
      '',
      '*',
      'example.org',
      'https://example.org/path',
      'https://example.org?q',
      'https://example.org/#x',
      'https://user@example.org',
      'https://*.example.org',
      "https://example.org;script-src'unsafe-inline'",
      'https://a,b.example',
      'https://example.org•',
      'https://example.org،',
      'https://a_b.example',
      "https://'none'.example",
      'https://[::1]',
      'ftp://example.org',
      'data:text/html,x',
      'javascript:alert(1)',
      'null',
      'https://'
    ]
    for (const text of others) assert.equal(readOrigin(text), undefined, text)
  })

  test('a choice is stored as the sources of a policy and read back', () => {
    const choices = [
      { where: 'nowhere', origins: [], stored: null },
      { where: 'anywhere', origins: [], stored: '*' },
      {
        where: 'listed',
        origins: ['https://a.example', 'http://b.example:81'],
        stored: 'https://a.example http://b.example:81'
      }
    ] as const
    for (const { stored, ...choice } of choices) {
      assert.equal(embedSources(choice), stored)
      assert.deepEqual(embeddingOf(stored), choice)
    }
    assert.equal(embedSources({ where: 'nowhere', origins: ['https://a.example'] }), null)
  })
})
