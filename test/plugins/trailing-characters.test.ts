/** URLs with trailing characters, as chats and mails produce them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, visitor } from '../support/app.ts'
import { embedded } from '../support/engines.ts'

const redirects: Array<[from: string, to: string]> = [
  ['/questions/4/', '/questions/4'],
  ['/questions/4.', '/questions/4'],
  ['/questions/4%20', '/questions/4'],
  ['/questions/4%0A', '/questions/4'],
  ['/questions/4%0D%0A', '/questions/4'],
  ['/questions/4~', '/questions/4'],
  ['/questions/4,', '/questions/4'],
  ['/questions/4).', '/questions/4'],
  ['/questions/4/results/', '/questions/4/results'],
  ['/questions/4/results%22', '/questions/4/results'],
  ['/questions/4%E3%80%82', '/questions/4'],
  ['/questions/4%e2%80%9d', '/questions/4'],
  ['/questions/4/?change=1', '/questions/4?change=1'],
  ['/login/', '/login'],
  ['/reset/some-token.', '/reset/some-token'],
  ['//evil.example/', '/evil.example'],
  ['//evil.example/%20', '/evil.example']
]

describe('plugins/trailing-characters', () => {
  test('trailing characters after a URL are removed by a redirect within the site', async t => {
    const app = await build(t, embedded)
    for (const [url, location] of redirects) {
      for (const method of ['GET', 'HEAD'] as const) {
        const answer = await app.inject({ method, url: `http://localhost${url}` })
        assert.deepEqual([answer.statusCode, answer.headers.location], [301, location], `${method} ${url}`)
      }
    }
  })

  test('the home page, files and writes are not redirected', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    assert.equal((await guest.get('/')).statusCode, 401)
    assert.equal((await guest.get('/static/css/vote.css/')).statusCode, 404)
    assert.equal((await guest.post('/questions/4/vote/', { choice: 1 })).statusCode, 404)
    assert.equal((await guest.get('/questions/sample-fruit')).statusCode, 200)
  })
})
