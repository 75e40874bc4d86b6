/** /theme: a cookie stores the theme, and the server renders it. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded } from '../../support/engines.ts'
import { change } from '../../support/polls.ts'

const themeOf = (body: string) => /<html[^>]*data-theme="(\w+)"/.exec(body)?.[1]

describe('/theme', () => {
  test('the chosen theme applies to this browser only', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    const other = visitor(app)
    const ann = await member(app)
    for (const who of [guest, ann]) {
      for (const theme of ['dark', 'light'] as const) {
        assert.equal((await who.submit('/theme', { theme })).statusCode, 303)
        for (const url of ['/questions/1', '/questions', '/nowhere']) {
          const { body } = await who.page(url)
          assert.equal(themeOf(body), theme, url)
          assert.match(body, new RegExp(`value="${theme}" aria-pressed="true"`))
          assert.match(body, new RegExp(`name="color-scheme" content="${theme}"`))
          assert.equal(themeOf((await other.page(url)).body), undefined, 'from the same store')
        }
      }
      await who.submit('/theme', { theme: 'device' })
      assert.equal(who.cookies.has('theme'), false)
      assert.equal(themeOf((await who.page('/questions/1')).body), undefined)
    }
  })

  test('a page with a chosen theme is not cacheable, a page without one stays cacheable', async t => {
    const app = await build(t, embedded)
    const page = (cookies = {}) =>
      app.inject({ url: '/questions/1', headers: { accept: 'text/html' }, cookies })
    await change(app, 1, { closed_time: '2026-01-01 00:00:00' }) // an open one gives each guest a cookie
    const plain = await page()
    const dark = await page({ theme: 'dark' })
    assert.equal(plain.headers['cache-control'], 'no-cache')
    assert.equal(dark.headers['cache-control'], 'no-store')
    assert.notEqual(dark.headers.etag, plain.headers.etag)
    assert.equal((await page({ theme: '"><script>' })).body, plain.body, 'nothing but what we know')
  })

  test('the form redirects to the page where the theme was chosen, never to another site', async t => {
    const app = await build(t, embedded, { server: { publicUrl: 'https://vote.example.org' } })
    const send = (referer?: string) =>
      app.inject({
        method: 'POST',
        url: '/theme',
        payload: 'theme=dark',
        headers: {
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
          ...(referer && { referer })
        }
      })
    const cases = [
      [undefined, '/'],
      ['nonsense', '/'],
      ['https://vote.example.org/questions?mine=1', '/questions?mine=1'],
      ['https://evil.example//evil.example/x', '/'],
      ['https://vote.example.org/.//evil.example', '/'],
      ['javascript:alert(1)', '/']
    ] as const
    for (const [referer, location] of cases) {
      const answer = await send(referer)
      assert.deepEqual([answer.statusCode, answer.headers.location], [303, location], referer)
      assert.match(
        String(answer.headers['set-cookie']),
        /theme=dark; Max-Age=31536000; Path=\/; HttpOnly; Secure/
      )
    }
    isEnvelope(await visitor(app).post('/theme', { theme: 'pink' }), 422, 20005)
  })
})
