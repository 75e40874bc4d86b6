/** The address to listen on, with IPv6 and without. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { listenHost } from '../../app/values/listen-host.ts'

describe('values/listen-host', () => {
  const both = [{ family: 'IPv4' }, { family: 'IPv6' }]
  const cases: Array<[host: string, addresses: typeof both, expected: string]> = [
    ['::', both, '::'],
    ['::', [{ family: 'IPv4' }], '0.0.0.0'],
    ['::', [], '0.0.0.0'],
    ['0.0.0.0', both, '0.0.0.0'],
    ['localhost', [], 'localhost'],
    ['::1', [], '::1']
  ]
  for (const [host, addresses, expected] of cases)
    test(`${host} with ${addresses.length} addresses: ${expected}`, () =>
      assert.equal(listenHost(host, addresses), expected))
})
