/** Networks of addresses. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isListed, networkOf, toBlockList } from '../../app/values/network.ts'

describe('values/network', () => {
  test('an IPv6 address counts as its /64 network, an IPv4 address as itself, in every notation', () => {
    for (const [address, network] of [
      ['192.0.2.7', '192.0.2.7'],
      ['::ffff:192.0.2.7', '192.0.2.7'],
      ['::FFFF:c000:0207', '192.0.2.7'],
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
      ['2001:0DB8:1:2::6', '2001:db8:1:2'],
      ['2001:db8::6', '2001:db8:0:0'],
      ['::1', '0:0:0:0'],
      ['fe80::1%eth0', 'fe80:0:0:0'],
      ['203.0.113.8:40001', '203.0.113.8'],
      ['[2001:db8:1:2::6]:40001', '2001:db8:1:2'],
      ['[2001:db8:1:2::6]', '2001:db8:1:2'],
      ['[::ffff:192.0.2.7]:80', '192.0.2.7'],
      ['::ffff:203.0.113.99:40001', '203.0.113.99'],
      ['"[2001:db8:1:2::6]:4711"', '2001:db8:1:2'],
      ['"203.0.113.8:4711"', '203.0.113.8'],
      ['2001:db8:0:0:0:0:0:1:40001', '2001:db8:0:0'],
      ['2001:db8:0:0:0:0:0:1:4711', '2001:db8:0:0'],
      ['2001:db8::1:40001', '2001:db8:0:0'],
      ['2001:db8:::4711', '2001:db8:0:0'],
      ['[2001:db8:1:2::6]:', '2001:db8:1:2'],
      ['203.0.113.8:', '203.0.113.8'],
      ['203.0.113.8%eth0', '203.0.113.8'],
      ['203.0.113.8%eth0:4711', '203.0.113.8'],
      ['fe80::1%eth-0.7', 'fe80:0:0:0'],
      ['[fe80::1%eth0]:4711', 'fe80:0:0:0'],
      ['203.000.113.008', '203.0.113.8'],
      ['203.000.113.008:4711', '203.0.113.8'],
      ['unknown', 'unknown'],
      ['_hidden:4711', 'unknown'],
      ['203.0.113', 'unknown'],
      ['1.2.3.4.5:6', 'unknown'],
      ['"', 'unknown'],
      ['', ''],
      [undefined, '']
    ] as const)
      assert.equal(networkOf(address), network, address)
  })

  test('a list has addresses in every notation', () => {
    const list = toBlockList(['127.0.0.1', '10.0.0.0/8', '2001:db8::/32', 'fe80::/10'])
    for (const address of [
      '127.0.0.1',
      '127.0.0.1:5001',
      '::ffff:127.0.0.1',
      '10.1.2.3:80',
      '2001:db8::1',
      '[2001:db8::1]',
      '[2001:db8::1]:5001',
      'fe80::1%eth0',
      '::ffff:127.0.0.1:5001',
      '"[2001:db8::1]:5001"',
      '2001:db8:0:0:0:0:0:1:5001'
    ])
      assert.equal(isListed(list, address), true, address)
    for (const address of [
      '127.0.0.2:5001',
      '192.0.2.7',
      '[2001:db9::1]:1',
      'unknown',
      '127.0.0.1:x',
      '127.0.0.1 ',
      '10.0.0',
      '',
      undefined
    ])
      assert.equal(isListed(list, address), false, address)
  })
})
