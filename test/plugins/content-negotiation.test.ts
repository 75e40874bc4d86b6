/** Which format an answer has: by `Accept`, with parameters or without. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build } from '../support/app.ts'
import { embedded } from '../support/engines.ts'

const html = /^text\/html/
const json = /^application\/json/

const accepted: Array<[accept: string, type: RegExp]> = [
  ['application/json', json],
  ['application/json; charset=utf-8', json],
  ['Application/JSON;Charset="utf-8"', json],
  ['application/json; profile="a,b;q=0"; q=0.9, text/html; q=0.8', json],
  ['application/json; charset=utf-8; q=0.5, text/html; level=1', html],
  ['application/json;q=0.5;x=1, text/html;q=0.4', json],
  ['application/json;', json],
  ['text/html; charset=utf-8', html],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', html],
  ['text/html;q=0, */*', json],
  ['*/*', html]
]

describe('plugins/content-negotiation', () => {
  test('parameters of a type select no other format', async t => {
    const app = await build(t, embedded)
    for (const [accept, type] of accepted)
      for (const url of ['/questions', '/questions/1/results', '/nowhere']) {
        const { headers } = await app.inject({ url, headers: { accept } })
        assert.match(String(headers['content-type']), type, `${url} with ${accept}`)
      }
    const accept = 'text/csv; header=present'
    const { headers } = await app.inject({ url: '/questions/1/results', headers: { accept } })
    assert.match(String(headers['content-type']), /^text\/csv/)
  })

  test('a write is answered with a page where text/html is named and JSON is not preferred', async t => {
    const app = await build(t, embedded)
    const preferred: Array<[accept: string, type: RegExp]> = [
      ['text/html', html],
      ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', html],
      ['text/html, application/json', html],
      ['application/json;q=0.5, text/html', html],
      ['application/json', json],
      ['application/json, text/html;q=0.5', json],
      ['application/json, text/html', json],
      ['text/html;q=0, application/json', json],
      ['text/html;q=0', json],
      ['*/*', json]
    ]
    for (const [accept, type] of preferred) {
      const write = { method: 'POST', url: '/login', payload: { account: 'a', password: 'b' } } as const
      const { headers } = await app.inject({ ...write, headers: { accept } })
      assert.match(String(headers['content-type']), type, accept)
      const token = { authorization: 'Bearer vote_x', accept }
      const withToken = await app.inject({ url: '/questions', headers: token })
      assert.match(String(withToken.headers['content-type']), type, `${accept} with a token`)
    }
  })
})
