import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { basePathOf, withoutBase } from '../../app/values/base-path.ts'

describe('values/base-path', () => {
  const sites: Array<[publicUrl: string | null, basePath: string]> = [
    [null, ''],
    ['https://example.org', ''],
    ['https://example.org/', ''],
    ['https://example.org/vote', '/vote'],
    ['https://example.org/vote/', '/vote'],
    ['http://example.org:8080/a/b/', '/a/b']
  ]
  for (const [publicUrl, basePath] of sites) {
    test(`${publicUrl} lies under "${basePath}"`, () => assert.equal(basePathOf(publicUrl), basePath))
  }

  const requests: Array<[url: string, inside: string]> = [
    ['/vote', '/'],
    ['/vote/', '/'],
    ['/vote?q=1', '/?q=1'],
    ['/vote/login?next=/vote/x', '/login?next=/vote/x'],
    ['/login', '/login'],
    ['/', '/'],
    ['/voters', '/voters'],
    ['/vote//evil.example', '//evil.example'],
    ['/x/vote/login', '/x/vote/login']
  ]
  for (const [url, inside] of requests) {
    test(`${url} is ${inside}`, () => assert.equal(withoutBase(url, '/vote'), inside))
  }

  test('without a base path every URL stays as it is', () => {
    for (const url of ['/', '/login', '//x', '*']) assert.equal(withoutBase(url, ''), url)
  })
})
