/** The pages that guests share: the list of polls and the front door. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { build, member } from '../support/app.ts'
import { embedded, onEngines } from '../support/engines.ts'
import { ask } from '../support/polls.ts'

const shared = ['/questions', '/login']

/** Reads a page as a guest without cookies. */
const read = (app: FastifyInstance, url: string, language = 'en') =>
  app.inject({ url, headers: { accept: 'text/html', 'accept-language': language } })

const shownAt = async (app: FastifyInstance, url: string, language?: string) =>
  (await read(app, url, language)).body

describe('routes/responses', () => {
  onEngines('guests share the list and the front door while they are current', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    let isCurrent = true
    t.mock.method(app.questions, 'beginList', () => () => isCurrent)
    for (const path of shared) {
      isCurrent = true
      const first = await read(app, path)
      const { slug } = await ask(app, { question_text: `Is ${path} new?` })
      const second = await read(app, path)
      assert.equal(second.body, first.body, 'the same page, whatever the database has')
      const headers = [first, second].map(answer => ({ ...answer.headers, date: null }))
      assert.deepEqual(headers[1], headers[0])
      assert.ok((await ann.page('/questions')).body.includes(slug), 'an account has a page of its own')
      assert.match(await shownAt(app, path, 'de'), /<html lang="de"/)
      isCurrent = false
      assert.ok((await shownAt(app, path)).includes(slug))
    }
  })

  onEngines('a poll that is made, edited or removed shows at once', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const pages = () => Promise.all(shared.map(path => shownAt(app, path)))
    const poll = { question_text: 'Where to?', choice_text: ['Sea', 'Hills'], listed: true }
    await pages()
    const payload = poll
    const { slug, revision } = (await ann.send({ method: 'POST', url: '/questions', payload })).json()
    for (const page of await pages()) assert.ok(page.includes(`>Where to?</bdi>`), page)
    const edit = { ...poll, question_text: 'And when?', revision }
    await ann.send({ method: 'POST', url: `/questions/${slug}`, payload: edit })
    for (const page of await pages()) assert.ok(page.includes('>And when?</bdi>'))
    await ann.post(`/questions/${slug}/delete`)
    for (const page of await pages()) assert.ok(!page.includes(slug))
  })

  test('a list ends after 250 ms and with an edit, not with a vote', async t => {
    const { questions } = await build(t, embedded)
    const edited = questions.beginList()
    questions.forgetTally(1)
    assert.ok(edited())
    questions.forget(1)
    assert.ok(!edited())
    const begun = performance.now()
    const clock = t.mock.method(performance, 'now', () => begun)
    const fresh = questions.beginList()
    clock.mock.mockImplementation(() => begun + 249)
    assert.ok(fresh())
    clock.mock.mockImplementation(() => begun + 250)
    assert.ok(!fresh())
  })

  test('an answer to a request with credentials is not stored', async t => {
    const app = await build(t, embedded)
    for (const path of ['choice', 'results', 'results?format=csv'])
      for (const [headers, expected] of [
        [{}, 'no-cache'],
        [{ cookie: 'a=b' }, 'no-store'],
        [{ authorization: 'Invitation 0123' }, 'no-store'],
        [{ authorization: 'Manage 0123' }, 'no-store']
      ] as const) {
        const url = `/questions/1/${path}`
        const answer = await app.inject({ url, headers: { accept: 'application/json', ...headers } })
        assert.equal(answer.headers['cache-control'], expected, `${path} ${JSON.stringify(headers)}`)
      }
  })

  test('If-None-Match with the tag or * gets 304', async t => {
    const app = await build(t, embedded)
    const ask = (tag: string) =>
      app.inject({
        url: '/questions/1/choice',
        headers: { accept: 'application/json', 'if-none-match': tag }
      })
    const etag = String((await ask('"x"')).headers.etag)
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*'])
      assert.equal((await ask(tag)).statusCode, 304, tag)
    assert.equal((await ask('"*"')).statusCode, 200)
  })

  test('the page for the first account is not shared', async t => {
    const app = await build(t, embedded)
    assert.match(await shownAt(app, '/login'), /first account/)
    await member(app)
    assert.doesNotMatch(await shownAt(app, '/login'), /first account/)
  })
})
