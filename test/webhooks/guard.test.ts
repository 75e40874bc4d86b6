/** The addresses that webhooks must not reach, in every notation. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AddressGuard, AddressRefused } from '../../app/webhooks/guard.ts'
import { send } from '../../app/webhooks/sender.ts'

const message = { body: '{}', headers: {} }
/** The process is not ending. */
const running = new AbortController().signal

/** A look-up that gives these answers in turn, the last one for ever. */
function names(...answers: string[][]) {
  let turn = 0
  return async () =>
    answers[Math.min(turn++, answers.length - 1)]!.map(address => ({
      address,
      family: address.includes(':') ? 6 : 4
    }))
}

describe('webhooks/guard', () => {
  const literals = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://0177.0.0.1/',
    'http://127.0.0.1./',
    'http://１２７.０.０.１/',
    'http://①②⑦.0.0.1/',
    'http://0/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://100.64.0.1/',
    'http://168.63.129.16/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://192.0.0.8/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b:1::a00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[fc00::1]/',
    'http://[fd00:ec2::254]/',
    'http://[ff02::1]/',
    'http://[2001:db8::1]/',
    'http://[100::1]/',
    'http://[100:0:0:1::1]/',
    'http://[4000::1]/',
    'http://[5f00::1]/',
    'http://[::ffff:0:7f00:1]/'
  ]
  for (const url of literals)
    test(`${url} is refused`, async () => {
      const guard = new AddressGuard([])
      assert.equal(guard.acceptsUrl(url), false)
      await assert.rejects(send(url, message, guard, running), AddressRefused)
    })

  test('another protocol, a password in the URL and another port are refused', () => {
    const guard = new AddressGuard([])
    for (const url of [
      'ftp://example.org/',
      'file:///etc/passwd',
      'https://user:pass@example.org/',
      'https://example.org:22/',
      'http://example.org:6379/',
      'http://93.184.216.34:8080/'
    ])
      assert.equal(guard.acceptsUrl(url), false, url)
    for (const url of [
      'https://example.org/',
      'http://example.org/x?y=z',
      'https://example.org:80/',
      'http://93.184.216.34/',
      'https://[2606:2800:220:1::1]/',
      'http://[::ffff:93.184.216.34]/',
      'http://100.63.255.255/',
      'http://168.63.129.17/',
      'http://172.32.0.1/'
    ])
      assert.equal(guard.acceptsUrl(url), true, url)
  })

  test('a name that resolves inside is refused, also if one of its addresses is public', async () => {
    const public4 = '93.184.216.34'
    for (const answer of [
      ['127.0.0.1'],
      ['::1'],
      ['::ffff:10.0.0.1'],
      ['64:ff9b::7f00:1'],
      ['169.254.169.254'],
      [public4, '10.0.0.1'],
      ['fe80::1', public4],
      []
    ]) {
      const guard = new AddressGuard([], names(answer))
      assert.equal(guard.acceptsUrl('http://inside.example/'), true, 'the name alone says nothing')
      await assert.rejects(
        send('http://inside.example/', message, guard, running),
        AddressRefused,
        answer.join()
      )
    }
  })

  test('the message tells an unknown name from no name that resolves inside', async () => {
    const unknown = () => Promise.reject(new Error('queryA ENOTFOUND nowhere.example'))
    for (const resolve of [unknown, names(['10.0.0.1']), names([])])
      await assert.rejects(send('http://inside.example/', message, new AddressGuard([], resolve), running), {
        message: 'the name has no public address'
      })
  })

  test('the address that is checked is the one that is connected to', async () => {
    // The first answer is public, each later one inside: a second look-up would find the latter.
    const guard = new AddressGuard([], names(['93.184.216.34'], ['127.0.0.1']))
    const { promise, resolve } = Promise.withResolvers<unknown[]>()
    guard.lookup('rebinding.example', { all: true }, (...result) => resolve(result))
    assert.deepEqual(await promise, [null, [{ address: '93.184.216.34', family: 4 }]])
    await assert.rejects(send('http://rebinding.example/', message, guard, running), AddressRefused)
  })

  test('an operator allows networks, at any port, and nothing beside them', () => {
    const guard = new AddressGuard(['10.0.0.0/8', '::1'])
    for (const url of [
      'http://10.9.8.7/',
      'http://10.9.8.7:8080/',
      'http://[::1]:9000/',
      'http://[::ffff:10.0.0.1]/'
    ])
      assert.equal(guard.acceptsUrl(url), true, url)
    for (const url of ['http://127.0.0.1/', 'http://11.0.0.1:8080/', 'http://[::2]/'])
      assert.equal(guard.acceptsUrl(url), false, url)
  })
})
