/** Addresses below /.well-known/. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkConfig } from '../../app/config/load.ts'
import { build, visitor } from '../support/app.ts'
import { embedded } from '../support/engines.ts'

describe('plugins/well-known', () => {
  test('password managers are sent to the page where a password is changed', async t => {
    const app = await build(t, embedded, { server: { publicUrl: 'https://example.org/vote/' } })
    const { statusCode, headers } = await visitor(app).get('/.well-known/change-password')
    assert.deepEqual([statusCode, headers.location], [302, '/vote/account/password'])
  })

  test('security.txt names the configured contact, and does not exist without one', async t => {
    const server = { publicUrl: 'https://example.org/vote/', securityContact: 'mailto:security@example.org' }
    const app = await build(t, embedded, { server })
    const answer = await visitor(app).get('/.well-known/security.txt')
    assert.equal(answer.headers['content-type'], 'text/plain; charset=utf-8')
    const fields = new Map(
      answer.body
        .trim()
        .split('\n')
        .map(line => line.split(/: (.*)/).slice(0, 2) as [string, string])
    )
    assert.deepEqual([...fields.keys()], ['Contact', 'Expires', 'Preferred-Languages', 'Canonical'])
    assert.equal(fields.get('Contact'), 'mailto:security@example.org')
    assert.equal(fields.get('Canonical'), 'https://example.org/vote/.well-known/security.txt')
    const days = (Date.parse(fields.get('Expires')!) - Date.now()) / 86_400_000
    assert.ok(days > 200 && days < 365, `${days} days`)
    const without = await build(t, embedded)
    assert.equal((await visitor(without).get('/.well-known/security.txt')).statusCode, 404)
  })

  test('a contact is an address of mail, web or telephone', () => {
    for (const securityContact of ['security@example.org', 'http://example.org/', 'mailto:', 'ftp://x', 7])
      assert.throws(
        () => checkConfig({ database: { engine: 'sqlite', file: 'x.db' }, server: { securityContact } }),
        /server\.securityContact/
      )
  })
})
