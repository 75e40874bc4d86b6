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
  ...[
    '&gt;',
    '&nbsp;',
    '&quot;',
    '&%2339;',
    '&%23x27;',
    '%26gt%3B',
    '&nbsp;&gt;',
    '&gt;.',
    '&',
    '&amp;gt;',
    '&gt;&lt;/p&gt;'
  ].map((entity): [string, string] => [`/questions/4${entity}`, '/questions/4']),
  ...[
    '%3Cbr%3E',
    '%3cbr%20/%3e',
    '%3C/a%3E',
    '<br>',
    '</a>',
    '</a></h2>',
    '%3Cbr%3E%20',
    '%22%3E',
    '<span class=%22x%22>'
  ].map((tag): [string, string] => [`/questions/4${tag}`, '/questions/4']),
  ['/embed/some-poll.', '/embed/some-poll'],
  ['/embed/some-poll&gt;', '/embed/some-poll'],
  ['/embed/some-poll%E3%80%82', '/embed/some-poll'],
  ['/login/', '/login'],
  ['/reset/some-token.', '/reset/some-token'],
  ['//evil.example/', '/evil.example'],
  ['//evil.example/%20', '/evil.example']
]

/** Characters behind an address, which browsers encode. */
const behind = [
  ...'\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff',
  ...'،؛؟、。！？），：；】》」»‘’“”–—…`|',
  ...'«»‹›„•।॥۔．｡』\u3000\ufe0f\u200d=\\',
  '\u2069\u200f.',
  '\u200b\u200b\u200b\u2060',
  '。\u200e'
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

  test('marks that show nothing and punctuation of every script are removed', async t => {
    const app = await build(t, embedded)
    for (const characters of behind) {
      const url = `/questions/4${encodeURIComponent(characters)}?change=1`
      const { statusCode, headers } = await app.inject({ url })
      assert.deepEqual([statusCode, headers.location], [301, '/questions/4?change=1'], url)
    }
    const raw = await app.inject({ url: 'http://localhost/questions/4`' })
    assert.deepEqual([raw.statusCode, raw.headers.location], [301, '/questions/4'])
  })

  test('below a path, the address of the site with trailing characters leads to its home page', async t => {
    const app = await build(t, embedded, { server: { publicUrl: 'http://polls.lan/vote' } })
    for (const characters of ['.', ',', ')', '%E3%80%82', '%20', '/)', '/%20']) {
      const { statusCode, headers } = await app.inject({ url: `/vote${characters}?a=1` })
      assert.deepEqual([statusCode, headers.location], [301, '/vote/?a=1'], characters)
    }
    const { headers } = await app.inject({ url: '/vote/questions/4.' })
    assert.equal(headers.location, '/vote/questions/4')
  })

  test('no spelling of the path of the site is doubled', async t => {
    const app = await build(t, embedded, { server: { publicUrl: 'https://Example.org/~ann/vote/' } })
    for (const url of ['/%7Eann/vote.', '/~ann//vote.', '/%7eann/vote,']) {
      const { statusCode, headers } = await app.inject({ url })
      assert.deepEqual([statusCode, headers.location], [301, '/~ann/vote/'], url)
    }
    for (const url of ['/~ann/vote/', '/%7Eann/vote/', '/~ann//vote/']) {
      const { statusCode, headers } = await app.inject({ url, headers: { accept: 'text/html' } })
      assert.notEqual(statusCode, 301, url)
      assert.doesNotMatch(headers.location ?? '', /vote.*vote/, url)
    }
    assert.equal((await app.inject({ url: '/%7Eann/vote/questions/sample-fruit' })).statusCode, 200)
  })

  test('a redirect fits the buffer of a proxy', async t => {
    const app = await build(t, embedded)
    const { statusCode, headers } = await app.inject({ url: `/questions/4/?x=${'a'.repeat(15_900)}` })
    assert.deepEqual([statusCode, headers.location], [301, '/questions/4'])
    const long = await app.inject({ url: `/${'a'.repeat(600)}.` })
    assert.deepEqual([long.statusCode, long.headers.location], [400, undefined])
  })

  test('malformed escapes are left', async t => {
    const app = await build(t, embedded)
    for (const url of ['/questions/4%ff', '/questions/4%', '/questions/4%E2%80'])
      assert.ok([400, 404].includes((await app.inject({ url })).statusCode), url)
  })

  test('what is attached to an address is removed where the address is not found', async t => {
    const app = await build(t, embedded)
    for (const behind of ['_', '-', '&gt', '%26gt', '에서', 'からどうぞ', '的说明', '🎉', '👍🏽', 'é'])
      for (const address of [
        '/questions/sample-fruit',
        '/questions/sample-fruit/results',
        '/embed/sample-fruit',
        '/register/8WvH9JbcQ0mYk6sTzXaLpA',
        '/reset/8WvH9JbcQ0mYk6sTzXaLpA',
        '/482913',
        '/login'
      ])
        for (const method of ['GET', 'HEAD'] as const) {
          const url = `${address}${behind.endsWith('gt') ? behind : encodeURIComponent(behind)}?change=1`
          const { statusCode, headers } = await app.inject({ method, url })
          assert.deepEqual([statusCode, headers.location], [302, `${address}?change=1`], url)
        }
    for (const url of ['/%EC%97%90', '/questions/%EC%97%90', '/static/css/vote.css_', '/_']) {
      const { statusCode, headers } = await app.inject({ url })
      assert.deepEqual([statusCode, headers.location], [404, undefined], url)
    }
    const { statusCode } = await app.inject({ method: 'POST', url: '/questions/sample-fruit_/vote_' })
    assert.equal(statusCode, 404)
    const below = await build(t, embedded, { server: { publicUrl: 'http://polls.lan/vote' } })
    const { headers } = await below.inject({ url: '/vote/questions/sample-fruit_' })
    assert.equal(headers.location, '/vote/questions/sample-fruit')
  })

  test('what a slug of a former version ends with is left', async t => {
    const app = await build(t, embedded)
    await app.db.execute('UPDATE question SET slug = ? WHERE slug = ?', ['sample-fruit-_', 'sample-fruit'])
    assert.equal((await app.inject({ url: '/questions/sample-fruit-_' })).statusCode, 200)
    for (const behind of ['_', '-', '%EC%97%90'])
      assert.equal(
        (await app.inject({ url: `/questions/sample-fruit-_${behind}` })).headers.location,
        '/questions/sample-fruit-_'
      )
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
