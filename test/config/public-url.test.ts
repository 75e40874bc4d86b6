/** Public addresses: which ones are accepted. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isPublicUrl } from '../../app/config/public-url.ts'

describe('config/public-url', () => {
  const accepted = [
    'https://example.org',
    'https://example.org/',
    'https://example.org/vote',
    'http://polls.lan:8080/a/b-c.d_e~/',
    'http://[::1]:9000/vote',
    'https://münchen.example'
  ]
  for (const text of accepted) test(`${text} is accepted`, () => assert.equal(isPublicUrl(text), true))

  const refused = [
    '',
    'example.org',
    '/vote',
    'ftp://example.org',
    'https://',
    'https://ann@example.org',
    'https://ann:secret@example.org/vote',
    'https://@example.org',
    'https://example.org/vote?x=1',
    'https://example.org/?',
    'https://example.org?x',
    'https://example.org/#top',
    'https://example.org#',
    'https://example.org//vote',
    'https://example.org/vote//',
    'https://example.org/a/../vote',
    'https://example.org/.',
    'https://example.org/a vote',
    'https://example.org/a;b',
    'https://example.org/f%C3%BCr',
    'https://example.org/"',
    'https://example.org/$uri',
    'https://exa mple.org',
    ' https://example.org',
    'https://example.org\n',
    'https://example.org:99999',
    'https:/example.org',
    'https:example.org',
    'HTTPS://example.org',
    'https:\\\\example.org'
  ]
  for (const text of refused)
    test(`${JSON.stringify(text)} is refused`, () => assert.equal(isPublicUrl(text), false))
})
