/** /questions/:question/embedding: which sites may show a poll in a frame. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'
import { sendJson } from '../../support/rooms.ts'

const server = { publicUrl: 'https://polls.example/vote' }

describe('routes/polls/embedding', () => {
  test('the owner lists origins or lets any site show the poll; nobody else changes that', async t => {
    const app = await build(t, embedded, { server })
    const [ann, bob] = [await member(app), await member(app)]
    const poll = await ask(app, { user_id: ann.id, question_text: 'A "B" <b>?' })
    const at = `/questions/${poll.slug}/embedding`
    assert.deepEqual((await ann.get(at)).json(), { where: 'nowhere', origins: [], html: null })
    assert.doesNotMatch((await ann.page(`/questions/${poll.slug}/manage`)).body, /&lt;iframe/)
    const html = `<iframe src="https://polls.example/vote/embed/${poll.slug}" title="A &quot;B&quot; &lt;b&gt;?" width="600" height="460" loading="lazy"></iframe>`
    const listed = {
      where: 'listed',
      origins: ['https://blog.example/, http://localhost:81', '\u202ahttps://BLOG\u200b.example،\u202c']
    }
    const changed = await sendJson(ann, at, listed)
    const origins = ['https://blog.example', 'http://localhost:81']
    assert.deepEqual(changed.json(), { error_code: 0, error_msg: 'ok', where: 'listed', origins, html })
    assert.deepEqual((await ann.get(at)).json(), { where: 'listed', origins, html })
    assert.match(
      (await ann.page(`/questions/${poll.slug}/manage`)).body,
      /&lt;iframe src=&quot;https:\/\/polls.example/
    )
    assert.equal((await sendJson(bob, at, { where: 'nowhere' })).statusCode, 403)
    assert.equal((await sendJson(visitor(app), at, { where: 'nowhere' })).statusCode, 401)
    const form = await ann.submit(at, { where: 'anywhere', origins: '' })
    assert.equal(form.headers.location, `/vote/questions/${poll.slug}/manage?done=embedded#done`)
    const said = (await ann.page(`/questions/${poll.slug}/manage?done=embedded`)).body
    assert.match(said, /id="embed"[^]*id="done"/, 'beside the element')
    assert.equal((await ann.get(at)).json().where, 'anywhere')
    const page = await ann.page(at)
    assert.match(page.body, /value="anywhere" checked/)
  })

  onEngines(
    'what is no origin is refused with its field, and the form keeps what was typed',
    async (t, engine) => {
      const app = await build(t, engine, { server })
      const ann = await member(app)
      const poll = await ask(app, { user_id: ann.id })
      const at = `/questions/${poll.slug}/embedding`
      const wrong: Array<[object, string]> = [
        [{ where: 'listed' }, 'origins'],
        [{ where: 'listed', origins: ['https://a.example/path'] }, 'origins'],
        [{ where: 'listed', origins: ['https://*.example'] }, 'origins'],
        [{ where: 'listed', origins: [7] }, 'origins'],
        [{ where: 'listed', origins: { 0: 'https://a.example' } }, 'origins'],
        [
          { where: 'listed', origins: Array.from({ length: 21 }, (_, n) => `https://a${n}.example`) },
          'origins'
        ],
        [{ where: 'listed', origins: [`https://${'a.'.repeat(200)}example`] }, 'origins'],
        [{ where: 'listed', origins: 'https://a.example; script-src *' }, 'origins'],
        [{ where: 'there' }, 'where'],
        [{}, 'where']
      ]
      for (const [sent, field] of wrong) {
        const answer = await sendJson(ann, at, sent)
        assert.equal(answer.statusCode, 422, JSON.stringify(sent))
        assert.ok(
          Object.keys(answer.json().fields).some(name => name.startsWith(field)),
          answer.body
        )
      }
      for (const payload of ['null', '[]', '7']) {
        const headers = { 'content-type': 'application/json' }
        assert.equal((await ann.send({ method: 'POST', url: at, payload, headers })).statusCode, 422, payload)
      }
      const again = await ann.submit(at, { where: 'listed', origins: 'https://a.example\nb.example' })
      assert.equal(again.statusCode, 422)
      assert.match(again.body, />https:\/\/a\.example\nb\.example<\/textarea>/)
      assert.match(again.body, /value="listed" checked/)
      const longest = Array.from(
        { length: 20 },
        (_, n) =>
          `https://${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(54)}${String(n).padStart(2, '0')}.example:65535`
      )
      assert.equal((await sendJson(ann, at, { where: 'listed', origins: longest })).statusCode, 200)
      assert.deepEqual((await ann.get(at)).json().origins, longest)
    }
  )

  test('a poll that guests may not open is shown by no other site', async t => {
    const app = await build(t, embedded, { server })
    const ann = await member(app)
    for (const audience of ['members', 'list'] as const) {
      const choose = async (listed: 0 | 1, where: string) => {
        const { slug } = await ask(app, { user_id: ann.id, audience, listed })
        return sendJson(ann, `/questions/${slug}/embedding`, { where })
      }
      const refused = await choose(0, 'anywhere')
      assert.deepEqual([refused.statusCode, Object.keys(refused.json().fields)], [422, ['where']])
      assert.equal((await choose(0, 'nowhere')).statusCode, 200)
      assert.equal((await choose(1, 'anywhere')).statusCode, 200)
    }
  })

  test('a copy of the poll is shown by no other site', async t => {
    const app = await build(t, embedded, { server })
    const ann = await member(app)
    const poll = await ask(app, { user_id: ann.id, embed_origins: '*' })
    const copy = await ann.post(`/questions/${poll.slug}/duplicate`)
    assert.equal((await ann.get(`/questions/${copy.json().slug}/embedding`)).json().where, 'nowhere')
  })
})
