/** The guest cache over HTTP: equal headers, and no personal answer in it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { describe, test } from 'node:test'
import { GUEST } from '../../app/models/polls/admission.ts'
import { build, member, members, start } from '../support/app.ts'
import { listen } from '../support/browser.ts'
import { embedded, onEngines } from '../support/engines.ts'
import { ask, change } from '../support/polls.ts'

const addresses = (slug: string) =>
  [
    [`/questions/${slug}`, 'text/html'],
    [`/questions/${slug}/choice`, '*/*'],
    [`/questions/${slug}/results`, 'application/json'],
    [`/questions/${slug}/results`, 'text/csv']
  ] as const

/** Splits an answer into its shared part and its browser cookie. */
async function read(url: string, accept: string, language = 'en') {
  const answer = await fetch(url, { headers: { accept, 'accept-language': language } })
  const { date: _date, 'set-cookie': cookie = '', ...headers } = Object.fromEntries(answer.headers)
  const gives = cookie.replace(/browser=[^;]+/, 'browser=…')
  const value = /browser=([^;]+)/.exec(cookie)?.[1]
  return {
    value,
    shared: {
      status: answer.status,
      headers,
      gives,
      body: Buffer.from(await answer.arrayBuffer()).toString()
    }
  }
}

describe('plugins/guest-cache', () => {
  onEngines('a cached answer equals the first one in every header', async (t, engine) => {
    const app = await build(t, engine)
    const site = await listen(app)
    for (const audience of ['link', 'members'] as const) {
      const { slug } = await ask(app, { audience, listed: 1 })
      for (const [path, accept] of addresses(slug)) {
        const answers = []
        for (let n = 0; n < 3; n++) answers.push(await read(site + path, accept))
        assert.equal(answers[0]!.shared.status, 200)
        for (const { shared } of answers) assert.deepEqual(shared, answers[0]!.shared)
        const isGiven = audience === 'link' && accept === 'text/html'
        const cookies = new Set(answers.map(({ value }) => value))
        assert.deepEqual([cookies.size, cookies.has(undefined)], isGiven ? [3, false] : [1, true])
      }
    }
  })

  onEngines(
    'the cookie of a cached answer is valid for one vote, and that vote invalidates the entry',
    async (t, engine) => {
      const app = await build(t, engine)
      const site = await listen(app)
      const { slug, choices } = await ask(app)
      const page = `${site}/questions/${slug}`
      const given = []
      for (let n = 0; n < 3; n++) given.push((await read(page, 'text/html')).value)
      for (const [n, value] of given.entries()) {
        for (let again = 0; again < 2; again++) {
          const { status } = await fetch(`${page}/vote`, {
            method: 'PUT',
            headers: { cookie: `browser=${value}`, 'content-type': 'application/json' },
            body: JSON.stringify({ choice: choices[0] })
          })
          assert.equal(status, 200)
        }
        for (let again = 0; again < 2; again++) {
          const { shared } = await read(`${page}/choice`, '*/*')
          assert.equal(JSON.parse(shared.body)[0].votes, n + 1)
        }
      }
    }
  )

  onEngines('after every kind of change, the cached answer equals a new one', async (t, engine) => {
    const app = await build(t, engine)
    const site = await listen(app)
    const poll = await ask(app, { listed: 1 })
    const voters = await members(app, 12)
    const events = [
      () => voters.pop()!.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] }),
      () => change(app, poll.id, { results: 'owner' }),
      () => change(app, poll.id, { results: 'always' }),
      () => change(app, poll.id, { question_text: 'Is it still?' }),
      () => change(app, poll.id, { audience: 'members' }),
      () => change(app, poll.id, { audience: 'link', closed_time: '2020-01-01 00:00:00' }),
      () => change(app, poll.id, { delete_flag: 1 })
    ]
    for (const event of events) {
      for (const [path, accept] of addresses(poll.slug)) await read(site + path, accept)
      await event()
      for (const [path, accept] of addresses(poll.slug)) {
        const sent = [await read(site + path, accept), await read(site + path, accept)]
        const now = await app.inject({ url: path, headers: { accept, 'accept-language': 'en' } })
        for (const { shared } of sent) {
          assert.equal(shared.status, now.statusCode)
          if (shared.status === 200) assert.equal(shared.body, now.body) // an error names its request
        }
      }
    }
  })

  onEngines('clients that differ in negotiation or cookies get different answers', async (t, engine) => {
    const app = await build(t, engine)
    const site = await listen(app)
    const { slug } = await ask(app)
    const url = `${site}/questions/${slug}`
    const ann = await member(app)
    const cookie = [...ann.cookies].map(pair => pair.join('=')).join('; ')
    for (let n = 0; n < 2; n++) {
      const seen = []
      for (const [accept, language] of [
        ['text/html', 'en'],
        ['text/html', 'zh-CN'],
        ['application/json', 'en']
      ] as const) {
        const { headers, body } = (await read(url, accept, language)).shared
        seen.push(headers['content-type']!.split(';')[0], /<html lang="([^"]+)"/.exec(body)?.[1])
      }
      assert.deepEqual(seen, ['text/html', 'en-GB', 'text/html', 'zh-Hans', 'application/json', undefined])
      const own = await fetch(url, { headers: { accept: 'text/html', 'accept-language': 'en', cookie } })
      assert.match(await own.text(), /<bdi>Ann/)
      assert.equal(own.headers.get('cache-control'), 'no-store')
      const head = await fetch(url, {
        method: 'HEAD',
        headers: { accept: 'text/html', 'accept-language': 'en' }
      })
      assert.equal(await head.text(), '')
      const other = await fetch(url, {
        method: 'DELETE',
        headers: { accept: 'text/html', 'accept-language': 'en' }
      })
      assert.equal(other.status, 405)
    }
  })

  test('inject() is answered from the cache, the hooks run and the request is logged', async t => {
    const lines: string[] = []
    const app = await start(t, { ...(await embedded.filled(t)), log: { level: 'debug' } }, { lines })
    const { questions } = app
    const current = await questions.get(1, GUEST)
    questions.isCurrent = () => true // it would no longer be current after 250 ms
    for (const [url, accept] of addresses('1')) {
      const read = () => app.inject({ url, headers: { accept } })
      questions.get = async () => current
      const first = await read()
      questions.get = questions.getFacts = async () => assert.fail(`${url} was looked up again`)
      lines.length = 0
      const second = await read()
      assert.equal(second.statusCode, 200)
      assert.equal(second.body, first.body)
      assert.match(lines.join(''), /"request completed"/)
    }
    await app.drain(0)
    assert.equal((await app.inject('/question/1/choice')).headers.connection, 'close')
  })

  test('all bodies are dropped when they are more than 16 MB', async t => {
    const app = await build(t, embedded)
    const headers = { accept: 'text/html' }
    const options = Array.from({ length: 300 }, (_, n) => `${n} ${'x'.repeat(190)}`)
    const { slug } = await ask(app, {}, options)
    const { questions } = app
    questions.isCurrent = () => true // it would no longer be current after 250 ms
    const read = (ref: string, language: string) =>
      app.inject({ url: `/questions/${ref}`, headers: { ...headers, 'accept-language': language } })
    await read('1', 'en')
    const { body } = await read(slug, 'en')
    const others = Math.ceil((16 * 2 ** 20) / body.length)
    for (let n = 0; n < others; n++) await read(slug, `en;q=0.${n}`)
    const last = `en;q=0.${others - 1}`
    questions.get = questions.getFacts = async () => assert.fail('it was looked up again')
    const statuses = [await read(slug, last), await read('1', 'en')].map(({ statusCode }) => statusCode)
    assert.deepEqual(statuses, [200, 500])
  })

  test('a request with invalid headers is rejected even if an answer is cached', async t => {
    const app = await build(t, embedded)
    const { hostname, port } = new URL(await listen(app))
    const path = '/question/1/choice'
    const ask = async (headers: Record<string, string>) => {
      const sent = request({ hostname, port, path, headers, agent: false }).end()
      const [answer] = (await once(sent, 'response')) as [IncomingMessage]
      answer.resume()
      return answer.statusCode
    }
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`x-${n}`, 'a']))
    for (let n = 0; n < 2; n++) {
      assert.equal(await ask({ host: 'localhost' }), 200)
      assert.equal(await ask({ host: 'local host' }), 400)
      assert.equal(await ask({ host: 'localhost', ...many }), 431)
      assert.equal(await ask({ host: 'localhost', 'transfer-encoding': 'gzip, chunked' }), 400)
    }
  })

  test('a draining process sends `connection: close` with cached answers too', async t => {
    const app = await build(t, embedded)
    const url = `${await listen(app)}/question/1/choice`
    await fetch(url)
    assert.notEqual((await fetch(url)).headers.get('connection'), 'close')
    await app.drain(0)
    assert.equal((await fetch(url)).headers.get('connection'), 'close')
  })
})
