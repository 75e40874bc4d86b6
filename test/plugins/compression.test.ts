/** Pages are compressed for clients that accept it; nothing else, and no answer to a write. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { build, member, visitor } from '../support/app.ts'
import { embedded } from '../support/engines.ts'
import { ask, change } from '../support/polls.ts'

const html = { accept: 'text/html' }
const packs = { ...html, 'accept-encoding': 'gzip, deflate, br' }

describe('plugins/compression', () => {
  test('a page is compressed if the client accepts it, equal after that, and HEAD says the same', async t => {
    const app = await build(t, embedded)
    const { slug, id } = await ask(app, { audience: 'members' })
    for (const url of [`/questions/${slug}`, '/login', '/questions?q=a']) {
      const plain = await app.inject({ url, headers: html })
      assert.equal(plain.headers['content-encoding'], undefined, url)
      // The second answer comes from the cache of guests' answers, the third is made anew.
      for (let n = 0; n < 3; n++) {
        const packed = await app.inject({ url, headers: packs })
        assert.equal(packed.headers['content-encoding'], 'gzip', url)
        assert.equal(Number(packed.headers['content-length']), packed.rawPayload.length)
        assert.equal(gunzipSync(packed.rawPayload).toString(), plain.body)
        for (const { headers } of [plain, packed])
          assert.match(String(headers.vary), /(^|, )Accept-Encoding$/, `${url} ${headers.vary}`)
        const head = await app.inject({ method: 'HEAD', url, headers: packs })
        const { date: _date, ...headers } = head.headers
        const { date: _other, ...expected } = packed.headers
        assert.deepEqual([head.body, headers], ['', expected], url)
      }
      await change(app, id, { revote: 0 })
    }
  })

  test('other encodings get the page as it is', async t => {
    const app = await build(t, embedded)
    for (const encoding of ['', 'identity', 'br', 'gzip;q=0', 'deflate, br;q=0.5', 'gzip;q=0.1, identity']) {
      const answer = await app.inject({ url: '/login', headers: { ...html, 'accept-encoding': encoding } })
      assert.equal(answer.headers['content-encoding'], undefined, encoding)
      assert.match(answer.body, /^<!doctype html>/i)
    }
  })

  test('the ETag of a compressed page is weak, and names the same page', async t => {
    const app = await build(t, embedded)
    const url = `/questions/${(await ask(app, { audience: 'members' })).slug}`
    const plain = await app.inject({ url, headers: html })
    const packed = await app.inject({ url, headers: packs })
    assert.match(String(plain.headers.etag), /^"/)
    assert.equal(packed.headers.etag, `W/${plain.headers.etag}`)
    for (const etag of [plain.headers.etag, packed.headers.etag]) {
      const known = await app.inject({ url, headers: { ...packs, 'if-none-match': String(etag) } })
      assert.deepEqual([known.statusCode, known.body, known.headers.etag], [304, '', packed.headers.etag])
      assert.equal(known.headers['content-encoding'], undefined)
    }
  })

  test('an answer to a write, an error, JSON, CSV and a stream are not compressed', async t => {
    const app = await build(t, embedded)
    const { slug } = await ask(
      app,
      {},
      Array.from({ length: 50 }, (_, n) => `Option ${n}`)
    )
    const ann = await member(app)
    const answers = [
      await ann.send({
        method: 'POST',
        url: '/account/tokens',
        headers: { ...packs, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'name=Program&scopes=read'
      }),
      await app.inject({ url: `/questions/${'nothing'.repeat(5)}`, headers: packs }),
      await app.inject({
        url: `/questions/${slug}/results`,
        headers: { ...packs, accept: 'application/json' }
      }),
      await app.inject({ url: `/questions/${slug}/results`, headers: { ...packs, accept: 'text/csv' } }),
      await app.inject({
        method: 'HEAD',
        url: `/questions/${slug}/events`,
        headers: { ...packs, accept: 'text/event-stream' }
      })
    ]
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [201, 404, 200, 200, 200]
    )
    for (const { headers } of answers) assert.equal(headers['content-encoding'], undefined)
  })

  test('the pages of a member carry their own name', async t => {
    const app = await build(t, embedded)
    const url = `/questions/${(await ask(app)).slug}`
    for (const client of [await member(app), await member(app), visitor(app)]) {
      const plain = await client.send({ url, headers: html })
      const packed = await client.send({ url, headers: packs })
      assert.equal(gunzipSync(packed.rawPayload).toString(), plain.body)
    }
  })
})
