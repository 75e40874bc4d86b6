/** Which answers search engines may index. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, member, visitor } from '../support/app.ts'
import { embedded } from '../support/engines.ts'
import { ask } from '../support/polls.ts'
import { table } from '../support/table.ts'

const json = { accept: 'application/json' }
const html = { accept: 'text/html' }

describe('plugins/robots', () => {
  test('every answer about an unlisted poll says noindex, for every viewer and format', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { id, slug, choices } = await ask(app, { user_id: ann.id, listed: 0 })
    const entries = (await table(app)).filter(({ url }) => /^\/questions?\/1(\/|$)/.test(url))
    assert.ok(entries.length >= 12)
    for (const { url, allow } of entries) {
      const address = url.replace('/1', `/${slug}`)
      for (const method of allow as Array<'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS'>) {
        if (address.endsWith('/delete') && method === 'POST') continue
        for (const who of [ann, visitor(app)]) {
          for (const headers of [json, html, { ...html, 'if-none-match': '"x"' }]) {
            const payload = method === 'POST' || method === 'PUT' ? { payload: { choice: choices[0] } } : {}
            const answer = await who.send({ method, url: address, headers, ...payload })
            const what = `${method} ${address}: ${answer.statusCode}`
            assert.equal(answer.headers['x-robots-tag'], 'noindex', what)
          }
        }
      }
    }
    for (const more of ['/results?format=csv', '/ballots?format=csv', '/nowhere', '?x=1']) {
      const answer = await ann.page(`/questions/${slug}${more}`)
      assert.equal(answer.headers['x-robots-tag'], 'noindex', more)
    }
    const gone = await ann.page(`/questions/${id}`)
    assert.equal(gone.headers['x-robots-tag'], 'noindex', 'by its number')
  })

  test('a redirect to an unlisted poll says noindex', async t => {
    const app = await build(t, embedded)
    const { slug } = await ask(app, { listed: 0 })
    for (const path of ['/questions', '/embed'])
      for (const behind of ['.', '/', '%20', '_', '%EC%97%90']) {
        const url = `${path}/${slug}${behind}`
        const { statusCode, headers } = await app.inject(url)
        assert.deepEqual([Math.floor(statusCode / 100), headers['x-robots-tag']], [3, 'noindex'], url)
      }
  })

  test('pages of accounts and of administrators say noindex', async t => {
    const app = await build(t, embedded)
    const admin = await member(app)
    const urls = ['/', '/login', '/register', '/reset/abc', '/questions/new', '/questions?mine=1', '/nowhere']
    urls.push('/account', '/account/password', '/account/sessions', '/account/delete')
    urls.push('/admin', '/admin/users', `/admin/users/${admin.id}`)
    for (const url of urls) {
      for (const who of [admin, visitor(app)]) {
        for (const answer of [await who.page(url), await who.get(url)]) {
          assert.equal(answer.headers['x-robots-tag'], 'noindex', url)
        }
      }
    }
  })

  test('the list and listed polls can be indexed, also from the guest cache', async t => {
    const app = await build(t, embedded)
    const { slug } = await ask(app, { listed: 1 })
    const hidden = await ask(app, { listed: 0 })
    for (let n = 0; n < 3; n++) {
      for (const url of [
        '',
        `/${slug}`,
        `/${slug}/results`,
        `/${slug}/present`,
        `/${slug}/results?format=csv`
      ]) {
        for (const headers of [json, html]) {
          const answer = await app.inject({ url: `/questions${url}`, headers })
          assert.deepEqual([answer.statusCode, answer.headers['x-robots-tag']], [200, undefined], url)
        }
      }
      const answer = await app.inject({ url: `/questions/${hidden.slug}`, headers: html })
      assert.equal(answer.headers['x-robots-tag'], 'noindex')
    }
  })

  test('robots.txt lets crawlers fetch every page, so that they see the header', async t => {
    const app = await build(t, embedded)
    const answer = await app.inject('/robots.txt')
    assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'text/plain; charset=utf-8'])
    assert.equal(answer.body, 'User-agent: *\nDisallow:\n')
  })
})
