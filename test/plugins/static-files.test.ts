/** /static/: serves listed files only; cached for ever under their own hash only. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { root } from '../../app/config/load.ts'
import { isEnvelope, isPage } from '../support/answers.ts'
import { build, visitor } from '../support/app.ts'
import { startCopy } from '../support/copied.ts'
import { embedded } from '../support/engines.ts'
import { ask } from '../support/polls.ts'

const folder = join(root, 'static')

describe('plugins/static-files', () => {
  test('a file is cached for ever under its own hash, and revalidated under any other', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    const url = app.asset('css/vote.css')
    assert.match(url, /^\/static\/css\/vote\.css\?v=[\w-]{10}$/)
    const kept = await guest.get(url)
    assert.equal(kept.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.match(String(kept.headers['content-type']), /^text\/css/)
    for (const other of [
      '/static/css/vote.css',
      '/static/css/vote.css?v=',
      '/static/css/vote.css?v=aaaaaaaaaa',
      `${url}&v=x`
    ]) {
      const answer = await guest.get(other)
      assert.deepEqual([answer.statusCode, answer.headers['cache-control']], [200, 'no-cache'], other)
      assert.equal(answer.body, kept.body)
    }
    const etag = String(kept.headers.etag)
    const known = await guest.send({ url: '/static/css/vote.css', headers: { 'if-none-match': etag } })
    assert.deepEqual([known.statusCode, known.body], [304, ''])
    assert.throws(() => app.asset('css/nowhere.css'), /no static file css\/nowhere.css/)
  })

  test('every file of a page exists, and a first visit stays under 50 KB, 10 of them script', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    const { slug } = await ask(app, { audience: 'link' })
    const page = await guest.page(`/questions/${slug}`)
    assert.match(page.body, /<button type="submit"[^>]*>Vote</)
    const named = new Set([...page.body.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, url]) => url!))
    assert.ok(named.size >= 7)
    let bytes = gzipSync(page.rawPayload).length
    let script = 0
    for (const url of named) {
      const answer = await guest.send({ url, headers: { 'accept-encoding': 'gzip, deflate, br' } })
      assert.equal(answer.statusCode, 200)
      assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
      bytes += answer.rawPayload.length + 1_000 // and its headers
      if (/javascript/.test(String(answer.headers['content-type']))) script += answer.rawPayload.length
    }
    assert.ok(bytes < 50_000, `${bytes} bytes`)
    assert.ok(script > 0 && script < 10_000, `${script} bytes of script`)
  })

  test('a client that accepts compression gets the same content compressed', async t => {
    const app = await build(t, embedded)
    const url = app.asset('css/vote.css')
    const plain = await app.inject(url)
    const packed = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } })
    assert.deepEqual(
      [plain.headers['content-encoding'], packed.headers['content-encoding']],
      [undefined, 'gzip']
    )
    assert.equal(gunzipSync(packed.rawPayload).toString(), plain.body)
    assert.ok(packed.rawPayload.length * 3 < plain.rawPayload.length)
    for (const { headers } of [plain, packed]) {
      assert.match(String(headers['content-type']), /^text\/css; charset=utf-8$/i)
      assert.equal(headers.vary, 'Accept-Encoding')
    }
    const refused = await app.inject({ url, headers: { 'accept-encoding': 'gzip;q=0, br' } })
    assert.equal(refused.headers['content-encoding'], undefined)
  })

  test('after an update of the folder, only the content of a hash is cached for ever under it', async t => {
    const { app, folder } = await startCopy(t)
    for (const name of ['css/vote.css', 'js/live.js', 'images/vote.svg', 'images/icon-192.png']) {
      const path = join(folder, 'static', name)
      const content = readFileSync(path)
      writeFileSync(path, 'of a later version')
      const url = app.asset(name)
      const packed = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } })
      if (!name.endsWith('.png')) {
        assert.equal(packed.headers['cache-control'], 'public, max-age=31536000, immutable', name)
        assert.deepEqual(gunzipSync(packed.rawPayload), content, name)
      }
      const plain = await app.inject(url)
      assert.deepEqual([plain.headers['cache-control'], plain.body], ['no-cache', 'of a later version'], name)
      rmSync(path)
      assert.equal((await app.inject(url)).statusCode, 404, name)
    }
  })

  test('a file is sent whole, and an error in our form', async t => {
    const app = await build(t, embedded)
    const url = '/static/css/vote.css'
    const whole = await app.inject({ url })
    assert.equal(whole.headers['accept-ranges'], undefined)
    for (const range of ['bytes=0-9', 'bytes=9999999-', 'bytes=abc', 'bytes=5-2']) {
      const answer = await app.inject({ url, headers: { range } })
      assert.deepEqual([answer.statusCode, answer.body], [200, whole.body], range)
    }
    const guest = visitor(app)
    for (const failing of [
      { 'if-match': '"x"' },
      { 'if-unmodified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' }
    ]) {
      isEnvelope(await guest.send({ url, headers: { accept: 'application/json', ...failing } }), 412, 20193)
      isPage(await guest.send({ url, headers: { accept: 'text/html', ...failing } }), 412, /not the version/)
    }
  })

  test('dotfiles, links, listings, paths outside and later files are not served', async t => {
    const made = ['.hidden', '.well', 'linked.css', 'linked', 'later.css'].map(name => join(folder, name))
    t.after(() => {
      for (const path of made) rmSync(path, { recursive: true, force: true })
    })
    const [dotfile, dotfolder, link, linked, later] = made as [string, string, string, string, string]
    writeFileSync(dotfile, 'concealed')
    mkdirSync(dotfolder)
    writeFileSync(join(dotfolder, 'file.css'), 'concealed')
    symlinkSync('/etc/passwd', link)
    symlinkSync(join(root, 'app'), linked)
    const app = await build(t, embedded)
    writeFileSync(later, 'later')
    const paths = [
      '',
      'css',
      'css/',
      '.hidden',
      '.well/file.css',
      'linked.css',
      'linked/server.ts',
      'later.css',
      '../package.json',
      '%2e%2e/package.json',
      '..%2fpackage.json',
      '..%5cpackage.json',
      'css/../../package.json',
      'css%2fvote.css%00',
      'css/vote.css/',
      'css//vote.css',
      'CSS/vote.css',
      'css/pico.min.css',
      'css/vote.css.map',
      '/etc/passwd',
      '../app/server.ts'
    ]
    for (const path of paths) {
      for (const answer of [
        await app.inject(`/static/${path}`),
        await app.inject({ url: `/static/${path}`, headers: { accept: 'text/html' } })
      ]) {
        assert.ok([400, 404].includes(answer.statusCode), `${answer.statusCode} ${path}`)
        assert.doesNotMatch(answer.body, /concealed|later|root:|"dependencies"|process\.exit/)
      }
    }
    assert.equal((await app.inject({ method: 'POST', url: '/static/css/vote.css' })).statusCode, 404)
  })
})
