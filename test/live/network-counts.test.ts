/** Streams are counted by network. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { NetworkCounts } from '../../app/live/network-counts.ts'

describe('live/network-counts', () => {
  test('addresses of one /64 network share a count, which decreases when streams end', () => {
    const counts = new NetworkCounts()
    const removeFirst = counts.add('2001:db8:1:2::1')
    const removeSecond = counts.add('2001:db8:1:2:ffff::9')
    assert.equal(counts.get('2001:db8:1:2::7'), 2)
    assert.equal(counts.get('2001:db8:1:3::7'), 0)
    removeFirst()
    assert.equal(counts.get('2001:db8:1:2::1'), 1)
    removeSecond()
    assert.equal(counts.get('2001:db8:1:2::1'), 0)
  })

  test('an IPv4 address has its own count', () => {
    const counts = new NetworkCounts()
    counts.add('192.0.2.1')
    assert.equal(counts.get('192.0.2.1'), 1)
    assert.equal(counts.get('192.0.2.2'), 0)
  })
})
