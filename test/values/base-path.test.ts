import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { basePathOf, withoutBase, withoutOrigin } from '../../app/values/base-path.ts'

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
    ['/x/vote/login', '/x/vote/login'],
    ['/%76ote', '/'],
    ['/%56ote/login', '/%56ote/login'],
    ['/%76o%74e/%71?q=%2F', '/%71?q=%2F'],
    ['//vote/login', '/login'],
    ['/vote%2Flogin', '/vote%2Flogin'],
    ['/vote%', '/vote%'],
    ['*', '*']
  ]
  for (const [url, inside] of requests) {
    test(`${url} is ${inside}`, () => assert.equal(withoutBase(url, '/vote'), inside))
  }

  const spelled: Array<[url: string, basePath: string, inside: string]> = [
    ['/%7Eann/vote/login', '/~ann/vote', '/login'],
    ['/%7eann/vote', '/~ann/vote', '/'],
    ['/~ann//vote/', '/~ann/vote', '/'],
    ['/~ann/vote/login', '/%7Eann/vote', '/login'],
    ['/umfr%c3%a4ge/login', '/umfr%C3%A4ge', '/login'],
    ['/~ann', '/~ann/vote', '/~ann'],
    ['/a%2Fb/login', '/a/b', '/a%2Fb/login']
  ]
  for (const [url, basePath, inside] of spelled) {
    test(`${url} below ${basePath} is ${inside}`, () => assert.equal(withoutBase(url, basePath), inside))
  }

  const targets: Array<[target: string, url: string]> = [
    ['http://example.org/questions/?q=1', '/questions/?q=1'],
    ['HTTPS://example.org:8443/', '/'],
    ['http://example.org', '/'],
    ['http://example.org?q=1', '/?q=1'],
    ['http://example.org//evil.example', '//evil.example'],
    ['/login?next=http://example.org/', '/login?next=http://example.org/'],
    ['//evil.example', '//evil.example'],
    ['*', '*']
  ]
  for (const [target, url] of targets) {
    test(`the target ${target} is ${url}`, () => assert.equal(withoutOrigin(target), url))
  }

  test('without a base path every URL stays as it is', () => {
    for (const url of ['/', '/login', '//x', '*']) assert.equal(withoutBase(url, ''), url)
  })
})
