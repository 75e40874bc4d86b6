/** A shared cache in front of the application stores static files and no personal page. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { build, member, visitor } from '../support/app.ts'
import { listen } from '../support/browser.ts'
import { embedded } from '../support/engines.ts'
import { proxyTo } from '../support/nginx.ts'
import { freePort } from '../../app/ops/servers.ts'
import { cookieOf } from '../support/streams.ts'
import { table } from '../support/table.ts'

/** Starts nginx as a shared cache that stores everything it may store. Returns its URL. */
async function cacheFor(t: TestContext, upstream: string): Promise<string> {
  const port = await freePort()
  await proxyTo(
    t,
    port,
    `location / {
      proxy_pass ${upstream};
      proxy_set_header Host $http_host;
      proxy_cache kept;
      proxy_cache_valid any 10m;
      add_header X-Cache $upstream_cache_status always;
    }`,
    folder => `proxy_cache_path ${folder}/kept keys_zone=kept:1m;`
  )
  return `http://127.0.0.1:${port}`
}

describe('stack/cache', () => {
  test('behind a shared cache every client gets its own pages and cookies, and static files come from the cache', async t => {
    const app = await build(t, embedded, { log: { level: 'silent' } })
    const url = await cacheFor(t, await listen(app))
    const [ann, bob] = [await member(app), await member(app)]
    await ann.put('/questions/1/vote', { choice: 1 })
    await app.db.execute("UPDATE question SET audience = 'link' WHERE id = 1") // a guest gets a cookie there
    const get = async (path: string, accept: string, cookie: object = {}) => {
      const answer = await fetch(`${url}${path}`, { redirect: 'manual', headers: { accept, ...cookie } })
      return { headers: answer.headers, body: await answer.text(), cache: answer.headers.get('x-cache') }
    }
    let count = 0
    const given = new Map<string, unknown>()
    for (const { url: path, allow } of await table(app)) {
      if (!allow.includes('GET')) continue
      for (const accept of ['text/html', 'application/json']) {
        for (const who of [ann, bob, visitor(app), visitor(app), ann]) {
          const { headers, body, cache } = await get(path, accept, cookieOf(who))
          const what = `${accept} ${path}`
          count++
          assert.notEqual(cache, 'HIT', what)
          // The picture of a poll is the same for all viewers of a language.
          const vary = path.endsWith('/preview.png') ? /Accept-Language/ : /Accept.*Cookie/
          assert.match(headers.get('vary')!, vary, what)
          for (const somebody of [ann, bob]) {
            if (who !== somebody && !path.startsWith('/admin'))
              assert.ok(!body.includes(somebody.email), what)
          }
          for (const cookie of headers.getSetCookie()) {
            assert.equal(given.get(cookie) ?? who, who, what)
            given.set(cookie, who)
          }
        }
      }
    }
    assert.ok(count > 100 && given.size >= 2)
    const asset = app.asset('css/vote.css')
    assert.match((await get(asset, '*/*')).headers.get('cache-control')!, /immutable/)
    assert.equal((await get(asset, '*/*', cookieOf(ann))).cache, 'HIT')
  })

  test('a page at a URL that looks like a file is not cached', async t => {
    const app = await build(t, embedded)
    const url = await cacheFor(t, await listen(app))
    const ann = await member(app)
    for (const path of [
      '/account/x.css',
      '/account;x.css',
      '/account%2fx.css',
      '/questions/1;a.css',
      '/questions/1%2f.css'
    ]) {
      const answer = await fetch(url + path, { headers: { accept: 'text/html', ...cookieOf(ann) } })
      assert.equal(answer.status, 404, path)
      assert.equal(answer.headers.get('cache-control'), 'no-store', path)
      assert.ok(!(await answer.text()).includes(ann.email), path)
    }
  })

  test('a shared cache revalidates public pages, so that a vote is visible at once', async t => {
    const app = await build(t, embedded, { log: { level: 'silent' } })
    const url = await cacheFor(t, await listen(app))
    const ann = await member(app)
    for (const [path, accept] of [
      ['/question/1/choice', 'application/json'],
      ['/questions/1', 'text/html'],
      ['/questions', 'text/html']
    ] as const) {
      const seen = new Set<string>()
      for (const choice of [1, 2, 3]) {
        await ann.put('/questions/1/vote', { choice })
        const answer = await fetch(`${url}${path}`, { headers: { accept } })
        assert.equal(answer.status, 200)
        assert.notEqual(answer.headers.get('x-cache'), 'HIT', path)
        seen.add(await answer.text())
      }
      if (path !== '/questions') assert.equal(seen.size, 3, path)
    }
  })
})
