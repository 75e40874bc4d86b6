/** Origins of this site and of others. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { forwardedHosts, isOwnOrigin } from '../../app/values/origin.ts'

describe('values/origin', () => {
  const cases: Array<[origin: string, host: string | undefined, publicUrl: string | null, isOwn: boolean]> = [
    ['http://polls.lan', 'polls.lan', null, true],
    ['http://polls.lan', '127.0.0.1:22130', 'http://polls.lan', true],
    ['http://polls.lan', 'polls.lan:80', null, true],
    ['https://polls.lan', 'polls.lan:443', null, true],
    ['https://polls.lan', 'polls.lan', null, true],
    ['http://polls.lan:8080', 'polls.lan:8080', null, true],
    ['http://POLLS.lan', 'polls.lan.', null, true],
    ['https://example.org', 'app:9000', 'https://example.org/vote/', true],
    ['http://[::1]:9000', '[::1]:9000', null, true],
    ['http://polls.lan', 'polls.lan:8080', null, false],
    ['http://polls.lan:443', 'polls.lan:80', null, false],
    ['http://example.org', 'app:9000', 'https://example.org', false],
    ['https://evil.example', 'polls.lan', 'https://polls.lan', false],
    ['http://polls.lan@evil.example', 'polls.lan', null, false],
    ['http://polls.lan.evil.example', 'polls.lan', null, false],
    ['null', 'polls.lan', 'http://polls.lan', false],
    ['polls.lan', 'polls.lan', null, false],
    ['file://polls.lan', 'polls.lan', null, false],
    ['http://polls.lan', undefined, null, false]
  ]
  for (const [origin, host, publicUrl, isOwn] of cases)
    test(`${origin} at ${host}, public address ${publicUrl}: ${isOwn}`, () =>
      assert.equal(isOwnOrigin(origin, host, publicUrl), isOwn))

  const forwarded: Array<[hosts: string | undefined, ports: string | undefined, all: string[]]> = [
    [undefined, undefined, []],
    ['polls.lan', undefined, ['polls.lan']],
    ['polls.lan, proxy2.lan:81', undefined, ['polls.lan', 'proxy2.lan:81']],
    ['polls.lan', '8443', ['polls.lan', 'polls.lan:8443']],
    ['polls.lan:80, [::1]', '80, 8443', ['polls.lan:80', '[::1]', '[::1]:8443']],
    [', ,', '', []]
  ]
  for (const [hosts, ports, all] of forwarded)
    test(`forwarded ${hosts}, port ${ports}`, () => assert.deepEqual(forwardedHosts(hosts, ports), all))
})
