/** The address of the site that its settings and its computer give. */
import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { describe, test } from 'node:test'
import { siteAddress } from '../../app/config/site-address.ts'

describe('config/site-address', () => {
  const addresses: Array<[server: Partial<Parameters<typeof siteAddress>[0]>, address: string | RegExp]> = [
    [{}, 'http://localhost:9000'],
    [{ host: '::1' }, 'http://[::1]:9000'],
    [{ host: '2001:db8::7' }, 'http://[2001:db8::7]:9000'],
    [{ host: '0.0.0.0' }, /^http:\/\/(?!0\.0\.0\.0)[^/]+:9000$/],
    [{ host: '::' }, /^http:\/\/(?!\[?::\]?:9000)[^/]+:9000$/],
    [{ host: '0.0.0.0', publicPort: 8008 }, 'http://localhost:8008'],
    [{ host: '127.0.0.1', publicPort: 80 }, 'http://localhost:80'],
    [{ publicUrl: 'https://example.org/vote/', publicPort: 80 }, 'https://example.org/vote']
  ]
  for (const [server, address] of addresses) {
    test(`${JSON.stringify(server)} lies at ${address}`, () => {
      const defaults = { publicUrl: null, publicPort: null, host: 'localhost', port: 9000 }
      const found = siteAddress({ ...defaults, ...server })
      if (address instanceof RegExp) assert.match(found, address)
      else assert.equal(found, address)
      assert.ok(URL.canParse(found))
    })
  }

  test('with every address of the computer, links name one of its network, never loopback', () => {
    const own = Object.values(networkInterfaces()).flatMap((list = []) => list)
    const { hostname } = new URL(siteAddress({ publicUrl: null, publicPort: null, host: '0.0.0.0', port: 1 }))
    const outside = own.filter(({ internal }) => !internal).map(({ address }) => address)
    assert.ok(outside.includes(hostname) || hostname === 'localhost', hostname)
  })
})
