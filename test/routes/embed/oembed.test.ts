/** /oembed: how other programs show a poll (https://oembed.com). */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'

const publicUrl = 'https://polls.example/vote/'
const server = { publicUrl }

describe('routes/embed/oembed', () => {
  test('a method that it lacks is 405 also with a token, which it does not take', async t => {
    const app = await build(t, embedded)
    const send = (method: 'GET' | 'POST' | 'OPTIONS') =>
      visitor(app).send({ method, url: '/oembed', headers: { authorization: 'Bearer vote_x' } })
    assert.equal((await send('OPTIONS')).statusCode, 204)
    isEnvelope(await send('POST'), 405, 20009)
    isEnvelope(await send('GET'), 403, 20072)
  })

  test('a poll that other sites may show is described, within the size that is asked for', async t => {
    const app = await build(t, embedded, { server })
    const guest = visitor(app)
    const poll = await ask(app, { embed_origins: '*', listed: 0, question_text: 'Où & "quand"?' })
    const page = `${publicUrl}questions/${poll.slug}`
    const of = (url: string, more = '') => guest.get(`/oembed?url=${encodeURIComponent(url)}${more}`)
    const answer = await of(page, '&format=json')
    assert.equal(answer.statusCode, 200)
    assert.match(String(answer.headers['content-type']), /^application\/json/)
    const { html, width, height, ...rest } = answer.json()
    assert.deepEqual(rest, {
      type: 'rich',
      version: '1.0',
      title: 'Où & "quand"?',
      provider_name: 'vote',
      provider_url: publicUrl
    })
    assert.deepEqual([width, height], [600, 460])
    assert.match(
      html,
      /^<iframe src="https:\/\/polls\.example\/vote\/embed\/[\w-]+" title="Où &amp; &quot;quand&quot;\?" width="600" height="460" loading="lazy"><\/iframe>$/
    )
    const small = (await of(page, '&maxwidth=320&maxheight=200')).json()
    assert.deepEqual([small.width, small.height], [320, 200])
    assert.match(small.html, /width="320" height="200"/)
    const large = (await of(page, '&maxwidth=99999&maxheight=x')).json()
    assert.deepEqual([large.width, large.height], [600, 460])
    for (const same of [
      `${publicUrl}embed/${poll.slug}`,
      `${page}/`,
      `${page}?done=closed#done`,
      page.replace('https', 'http'),
      page.replace('polls.example', 'POLLS.example.:443'),
      page.replace('/questions', '//questions'),
      page.replace('/vote', '/%76ote'),
      `${page}.`,
      `${page}%20`,
      `${page}&gt;`
    ])
      assert.equal((await of(same)).json().html, html, same)
    const shown = await guest.page(`/questions/${poll.slug}`)
    const [, href = ''] =
      /<link rel="alternate" type="application\/json\+oembed"[^>]* href="([^"]+)"/.exec(shown.body) ?? []
    const discovered = new URL(href.replaceAll('&amp;', '&'))
    assert.equal(discovered.origin + discovered.pathname, `${publicUrl}oembed`)
    assert.equal((await guest.get(`/oembed${discovered.search}`)).json().html, html)
  })

  test('what is not there is 404, what other sites may not show 401, another format 501', async t => {
    const app = await build(t, embedded, { server })
    const [ann, guest] = [await member(app), visitor(app)]
    const [off, members, listed, removed, on] = [
      await ask(app, { user_id: ann.id }),
      await ask(app, { audience: 'members', listed: 0, embed_origins: '*' }),
      await ask(app, { audience: 'list', listed: 0, embed_origins: '*' }),
      await ask(app, { embed_origins: '*' }),
      await ask(app, { embed_origins: '*' })
    ]
    await change(app, removed.id, { delete_flag: 1 })
    const at = ({ slug }: { slug: string }) => `${publicUrl}questions/${slug}`
    const cases: Array<[string, number]> = [
      [at(off), 401],
      [at(members), 401],
      [at(listed), 401],
      [at(removed), 404],
      [`${publicUrl}questions/no-such-poll-here`, 404],
      [`${publicUrl}questions/`, 404],
      [`${at(on)}/manage`, 404],
      [at(on).replace('polls.example', 'evil.example'), 404],
      [at(on).replace('https', 'ftp'), 404],
      [at(on).replace('polls.example', 'polls.example:8443'), 404],
      [at(on).replace('polls.example', 'polls.example@evil.example'), 404],
      [at(on).replace('/vote', ''), 404],
      ['', 404],
      ['no url', 404],
      ['javascript:alert(1)', 404],
      [`${publicUrl}questions/%00`, 404],
      [`${publicUrl}${'x'.repeat(3_000)}`, 404]
    ]
    for (const [url, status] of cases) {
      for (const client of [guest, ann]) {
        const answer = await client.get(`/oembed?url=${encodeURIComponent(url)}`)
        assert.equal(answer.statusCode, status, url)
      }
    }
    const asked = `/oembed?url=${encodeURIComponent(at(on))}`
    assert.equal((await guest.get('/oembed')).statusCode, 404)
    for (const format of ['xml', 'XML', 'jsonp', ''])
      assert.equal((await guest.get(`${asked}&format=${format}`)).statusCode, 501, format)
    assert.equal((await guest.get(`${asked}&url=x`)).statusCode, 404)
    assert.doesNotMatch((await guest.page(`/questions/${off.slug}`)).body, /oembed/)
  })
})
