/** What a guest was just answered and is sent again: the same in every header, and never to somebody else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build, member, visitor } from '../support/app.ts'
import { embedded, onEngines } from '../support/engines.ts'
import { ask } from '../support/polls.ts'

const addresses = (slug: string) =>
  [
    [`/questions/${slug}`, 'text/html'],
    [`/questions/${slug}/choice`, '*/*'],
    [`/questions/${slug}/results`, 'application/json'],
    [`/questions/${slug}/results`, 'text/csv']
  ] as const

onEngines('an answer that is sent again is the first one, header for header', async (t, engine) => {
  const app = await build(t, engine)
  for (const audience of ['link', 'members'] as const) {
    const { slug } = await ask(app, { audience, listed: 1 })
    for (const [url, accept] of addresses(slug)) {
      const answers = []
      for (let n = 0; n < 3; n++) answers.push(await visitor(app).send({ url, headers: { accept } }))
      const [first, ...others] = answers.map(({ statusCode, headers, body }) => {
        const { date: _date, 'set-cookie': cookie, ...rest } = headers
        return { statusCode, body, rest, gives: String(cookie).replace(/browser=[^;]+/, 'browser=…') }
      })
      assert.equal(first!.statusCode, 200)
      for (const other of others) assert.deepEqual(other, first)
      const given = answers.flatMap(({ cookies }) => cookies.map(({ value }) => value))
      assert.equal(new Set(given).size, given.length, 'each browser has a cookie of its own')
    }
  }
})

onEngines('a cookie that came with an answer sent again is good for one vote', async (t, engine) => {
  const app = await build(t, engine)
  const { slug, choices } = await ask(app)
  const browsers = [visitor(app), visitor(app), visitor(app)]
  for (const browser of browsers) await browser.page(`/questions/${slug}`)
  for (const browser of browsers) {
    for (let n = 0; n < 2; n++) {
      const { statusCode } = await browser.put(`/questions/${slug}/vote`, { choice: choices[0] })
      assert.equal(statusCode, 200)
    }
    const seen = (await visitor(app).get(`/questions/${slug}/choice`)).json()
    assert.equal(seen[0].votes, browsers.indexOf(browser) + 1, 'a vote ends what was kept')
  }
})

onEngines('what differs between guests is answered to each', async (t, engine) => {
  const app = await build(t, engine)
  const { slug } = await ask(app)
  const url = `/questions/${slug}`
  for (let n = 0; n < 2; n++) {
    const seen = []
    for (const [accept, language] of [
      ['text/html', 'en'],
      ['text/html', 'zh-CN'],
      ['application/json', 'en']
    ] as const) {
      const { headers, body } = await visitor(app).send({
        url,
        headers: { accept, 'accept-language': language }
      })
      seen.push(String(headers['content-type']).split(';')[0], /<html lang="([^"]+)"/.exec(body)?.[1])
    }
    assert.deepEqual(seen, ['text/html', 'en-GB', 'text/html', 'zh-Hans', 'application/json', undefined])
    const head = await visitor(app).send({ method: 'HEAD', url, headers: { accept: 'text/html' } })
    assert.equal(head.body, '')
    const ann = await member(app)
    assert.match((await ann.page(url)).body, /<bdi>Ann/)
  }
})

test('who leaves says so with every answer', async t => {
  const app = await build(t, embedded)
  const ask = () => visitor(app).get('/question/1/choice')
  await ask()
  assert.notEqual((await ask()).headers.connection, 'close')
  app.leave()
  assert.equal((await ask()).headers.connection, 'close')
})
