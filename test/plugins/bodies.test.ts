/** Bodies: encodings, and requests that announce a body and send none. */
import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import { build, member } from '../support/app.ts'
import { embedded } from '../support/engines.ts'
import { ask } from '../support/polls.ts'
import { table } from '../support/table.ts'

const form = 'application/x-www-form-urlencoded'
const json = 'application/json'
const account = 'name=Ann&email=ann%40example.org'

describe('plugins/bodies', () => {
  const notUtf8: Array<[what: string, type: string, body: Buffer | string]> = [
    ['raw Latin-1', form, Buffer.from(`${account}&password=p\xe4sswort-lang`, 'latin1')],
    ['raw Latin-1 with its charset', `${form}; charset=iso-8859-1`, Buffer.from('a=\xf6', 'latin1')],
    ['escaped Latin-1', form, `${account}&password=p%E4sswort-lang`],
    ['escaped Latin-1 in a name', form, 'p%e4ss=1'],
    ['half a character', form, `${account}&password=p%C3sswort-lang`],
    ['an escaped surrogate', form, `${account}&password=%ED%A0%80sswort-lang`],
    ['an overlong form', form, `${account}&password=%C0%AFsswort-lang`],
    ['UTF-16', form, Buffer.from('a=\u4f60\ufeff', 'utf16le')],
    ['GBK', form, Buffer.from([0x61, 0x3d, 0xc4, 0xe3, 0xba, 0xc3])],
    ['JSON in Latin-1', json, Buffer.from('{"name":"\xe4"}', 'latin1')]
  ]
  for (const [what, type, payload] of notUtf8) {
    test(`${what} is 400, not a text with other characters`, async t => {
      const app = await build(t, embedded)
      const headers = { 'content-type': type, accept: json }
      const answer = await app.inject({ method: 'POST', url: '/register', headers, payload })
      assert.deepEqual([answer.statusCode, answer.json().error], [400, 'bad_request'])
    })
  }

  test('UTF-8, raw, escaped or mixed, and a percent sign that escapes nothing are read as they are', async t => {
    const app = await build(t, embedded)
    const headers = { 'content-type': form, accept: json }
    for (const [n, name] of ['Jos\u00e9 \u4f60', 'Jos%C3%A9+%E4%BD%A0', 'Jos\u00e9%20%E4%BD%A0'].entries()) {
      const payload = `name=${name}&email=u${n}%40example.org&password=100%+of+a+long+one`
      const answer = await app.inject({ method: 'POST', url: '/register', headers, payload })
      assert.equal(answer.statusCode, 201, answer.body)
    }
    const users = await app.db.select("SELECT name FROM user WHERE email LIKE 'u%@example.org'")
    assert.deepEqual(
      users.map(row => (row as { name: string }).name),
      ['Jos\u00e9 \u4f60', 'Jos\u00e9 \u4f60', 'Jos\u00e9 \u4f60']
    )
  })

  test('an empty body is no body, whatever type it is said to have', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { id, choices } = await ask(app, { user_id: ann.id })
    const vote = { method: 'PUT' as const, url: `/questions/${id}/vote`, payload: { choice: choices[0]! } }
    for (const type of [json, `${json}; charset=utf-8`, form, 'text/plain']) {
      assert.equal((await ann.send(vote)).statusCode, 200)
      const headers = { 'content-type': type, accept: json }
      const withdrawn = await ann.send({ method: 'DELETE', url: vote.url, headers })
      assert.equal(withdrawn.statusCode, 200, `DELETE ${type}: ${withdrawn.body}`)
      for (const act of ['close', 'reopen']) {
        const answer = await ann.send({ method: 'POST', url: `/questions/${id}/${act}`, headers })
        assert.equal(answer.statusCode, 200, `${act} ${type}: ${answer.body}`)
      }
    }
  })

  test('a body in chunks, of which there is none, is no body', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { id } = await ask(app, { user_id: ann.id })
    for (const type of [undefined, form, json]) {
      const headers = { 'transfer-encoding': 'chunked', accept: json, ...(type && { 'content-type': type }) }
      const send = (method: 'POST' | 'DELETE', url: string) =>
        ann.send({ method, url, headers, payload: Readable.from([]) })
      assert.equal((await send('DELETE', `/questions/${id}/vote`)).statusCode, 200, type)
      for (const act of ['close', 'reopen'])
        assert.equal((await send('POST', `/questions/${id}/${act}`)).statusCode, 200, `${act} ${type}`)
      const login = await send('POST', '/login')
      assert.deepEqual([login.statusCode, Object.keys(login.json().fields)], [422, ['account', 'password']])
    }
    const headers = { 'transfer-encoding': 'chunked', accept: json }
    for (const [method, url, status] of [
      ['POST', `/questions/${id}/vote`, 415],
      ['DELETE', `/questions/${id}/vote`, 415],
      ['POST', '/nowhere', 404]
    ] as const) {
      const answer = await ann.send({ method, url, headers, payload: Readable.from(['choice=1']) })
      assert.equal(answer.statusCode, status, `${method} ${url}`)
    }
  })

  test('where a field is needed, no body says which, as an empty one does', async t => {
    const app = await build(t, embedded)
    const headers = { 'content-type': json, accept: json }
    const answer = await app.inject({ method: 'POST', url: '/login', headers })
    assert.equal(answer.statusCode, 422)
    assert.deepEqual(Object.keys(answer.json().fields), ['account', 'password'])
  })

  test('JSON that is not an object is an input error for who asks for a page, at every address', async t => {
    const app = await build(t, embedded)
    const headers = { 'content-type': json, accept: 'text/html' }
    for (const { url, allow } of await table(app)) {
      const ann = await member(app) // each address has its own: some end the session
      for (const method of (['POST', 'PUT'] as const).filter(verb => allow.includes(verb))) {
        for (const payload of ['null', '1', 'true', '"x"', '[]', '[null]', '[[1]]']) {
          const { statusCode } = await ann.send({ method, url, headers, payload })
          assert.ok(statusCode < 500, `${method} ${url} ${payload}: ${statusCode}`)
        }
      }
    }
  })

  const encodings: Array<[encoding: string, payload: Buffer]> = [
    ['gzip', gzipSync('choice=1')],
    ['x-gzip', gzipSync('choice=1')],
    ['deflate', deflateSync('choice=1')],
    ['identity, gzip', gzipSync('choice=1')],
    ['br', Buffer.from('choice=1')]
  ]
  for (const [encoding, payload] of encodings) {
    test(`a body in the encoding ${encoding} is 415, by every method`, async t => {
      const app = await build(t, embedded)
      const headers = { 'content-type': form, 'content-encoding': encoding, accept: json }
      for (const method of ['POST', 'PUT', 'DELETE'] as const) {
        const answer = await app.inject({ method, url: '/questions/1/vote', headers, payload })
        assert.deepEqual([answer.statusCode, answer.json().error], [415, 'unsupported_media_type'], method)
      }
    })
  }

  test('the encoding identity is none', async t => {
    const app = await build(t, embedded)
    const headers = { 'content-type': form, 'content-encoding': 'Identity', accept: json }
    const answer = await app.inject({
      method: 'POST',
      url: '/login',
      headers,
      payload: 'account=a&password=b'
    })
    assert.equal(answer.statusCode, 422)
  })
})
