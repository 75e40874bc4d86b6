/** The link of a poll: as a QR code, in previews, and never with a foreign host. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import jsqr from 'jsqr'
import { qrCode } from '../../../app/routes/polls/qr.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'

// CommonJS: its types and what Node imports differ.
const read = jsqr as unknown as typeof jsqr.default

/** Draws the path with eight pixels per module and returns the decoded text. */
function decode(path: string, size: number) {
  const scale = 8
  const side = size * scale
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const from = (row * side + Number(x) * scale) * 4
      for (let at = from; at < from + Number(width) * scale * 4; at += 4) pixels.fill(0, at, at + 3)
    }
  }
  return read(pixels, side, side)?.data
}

describe('routes/polls/sharing', () => {
  test('the QR code of every URL can be decoded and has a border of four light modules', () => {
    for (const text of [
      'http://localhost:9000/questions/sample-language',
      'https://vote.example.org/questions/R-oA69boGuRo6RNMPZRwUL',
      `https://a-very-long-name.${'sub.'.repeat(20)}example.org:8443/polls/questions/R-oA69boGuRo6RNMPZRwUL`
    ]) {
      const { path, size } = qrCode(text)
      assert.equal(decode(path, size), text)
      for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
        assert.ok(Number(x) >= 4 && Number(y) >= 4 && Number(y) < size - 4, `${x} ${y}`)
        assert.ok(Number(x) + Number(width) <= size - 4, `${x} ${y} ${width}`)
      }
    }
  })

  test('the manage page shows the configured URL in the field, in the QR code and as text', async t => {
    const app = await build(t, embedded, { server: { publicUrl: 'https://vote.example.org/polls/' } })
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id, listed: 0 })
    const link = `https://vote.example.org/polls/questions/${slug}`
    const { body } = await ann.page(`/questions/${slug}/manage`)
    const [, size, path] = /viewBox="0 0 (\d+) \d+".*?<path d="([^"]+)"/s.exec(body)!
    assert.equal(decode(path!, Number(size)), link)
    assert.match(body, new RegExp(`role="img" aria-label="QR code of ${link}"`))
    assert.match(body, new RegExp(`<textarea id="link"[^>]*>${link}</textarea>`))
  })

  const remedies: Array<[server: Record<string, unknown>, remedy: string | RegExp | null]> = [
    [{}, 'npm start -- --host 0.0.0.0'],
    [{ host: '127.0.0.1' }, 'npm start -- --host 0.0.0.0'],
    [{ host: '::1' }, 'npm start -- --host 0.0.0.0'],
    [{ host: '127.0.0.1', publicPort: 8008 }, /^npm run stack -- --public-url http:\/\/.+:8008$/],
    [{ host: '0.0.0.0', publicPort: 8081 }, 'VOTE_PUBLIC_URL=http://ADDRESS:8081'],
    [{ host: '::', publicPort: 8081 }, 'VOTE_PUBLIC_URL=http://ADDRESS:8081'],
    [{ publicUrl: 'http://localhost:9000' }, null],
    [{ host: '192.0.2.7' }, null]
  ]
  for (const [server, remedy] of remedies) {
    test(`with ${JSON.stringify(server)} the code of a link ${remedy ? 'is replaced by what makes it work' : 'is shown'}`, async t => {
      const app = await build(t, embedded, { server })
      const ann = await member(app)
      const { slug } = await ask(app, { user_id: ann.id, listed: 0 })
      for (const page of ['manage', 'present']) {
        const { body } = await ann.page(`/questions/${slug}/${page}`)
        const [, shown = null] = /<code>([^<]*)<\/code>/.exec(body) ?? []
        if (remedy instanceof RegExp) assert.match(String(shown), remedy)
        else assert.equal(shown, remedy)
        assert.equal(body.includes('class="qr"'), remedy === null)
      }
    })
  }

  test('a foreign Host header appears in no link of a page and in no header', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id, results: 'always' })
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', accept: 'text/html' }
    const pages = ['', '/manage', '/edit', '/close', '/delete', '/vote', '/choice', '/nowhere']
    const urls = ['/', '/login', '/register', '/questions', '/questions/new']
    for (const url of [...urls, ...pages.map(page => `/questions/${slug}${page}`)]) {
      for (const who of [ann, visitor(app)]) {
        const { body, headers: answered } = await who.send({ url, headers })
        assert.doesNotMatch(JSON.stringify(answered) + body, /evil\.example/, url)
      }
    }
    const made = await ann.send({
      method: 'POST',
      url: '/questions',
      payload: { question_text: 'Where?', choice_text: ['Here', 'There'] },
      headers
    })
    assert.match(String(made.headers.location), /^\/questions\//)
  })

  onEngines('a link preview contains the poll and its options, but no count', async (t, engine) => {
    const app = await build(t, engine, { server: { publicUrl: 'https://vote.example.org' } })
    const ann = await member(app)
    const text = '"><svg onload=alert(1)> & how?'
    const { id, slug, choices } = await ask(app, { user_id: ann.id, question_text: text, listed: 0 }, [
      'Pi"zza',
      'Sushi'
    ])
    for (let n = 0; n < 3; n++)
      await (await member(app)).put(`/questions/${slug}/vote`, { choice: choices[0] })
    const metas = async () => {
      const { body } = await visitor(app).page(`/questions/${slug}`)
      const found = body.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)">/g)
      return Object.fromEntries([...found].map(([, name, content]) => [name!, content!]))
    }
    const shown = await metas()
    assert.equal(shown['og:title'], '&quot;&gt;&lt;svg onload=alert(1)&gt; &amp; how?')
    assert.equal(shown['og:description'], 'Vote: Pi&quot;zza · Sushi')
    assert.equal(shown.description, shown['og:description'])
    assert.equal(shown['og:url'], `https://vote.example.org/questions/${slug}`)
    const picture = new URL(shown['og:image']!)
    assert.equal(picture.origin, 'https://vote.example.org')
    assert.equal(picture.pathname, `/questions/${slug}/preview.png`)
    const png = await visitor(app).get(picture.pathname + picture.search)
    assert.deepEqual([png.statusCode, png.headers['content-type']], [200, 'image/png'])
    assert.equal(shown['og:image:alt'], shown['og:title'])
    await change(app, id, { closed_time: '2026-01-01 00:00:00', listed: 1 })
    const closed = await metas()
    assert.equal(closed['og:description'], 'Voting is closed: Pi&quot;zza · Sushi')
  })

  test('a poll that guests may not open has no preview, and fetching a preview changes nothing', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { id, slug } = await ask(app, {
      user_id: ann.id,
      question_text: 'Secret?',
      audience: 'members',
      listed: 0
    })
    const row = () => app.db.fetchone('SELECT * FROM question WHERE id = ?', [id])
    const before = await row()
    const crawler = await visitor(app).page(`/questions/${slug}`)
    assert.equal(crawler.statusCode, 303)
    const followed = await visitor(app).page(String(crawler.headers.location))
    assert.doesNotMatch(crawler.body + followed.body, /Secret|og:/)
    await ann.page(`/questions/${slug}`)
    assert.deepEqual(await row(), before)
    await ann.submit(`/questions/${slug}/delete`, {})
    assert.doesNotMatch((await visitor(app).page(`/questions/${slug}`)).body, /Secret|og:/)
  })
})
