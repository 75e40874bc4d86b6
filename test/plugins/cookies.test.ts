/** The names of cookies: instances that share a host name leave each other's alone. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { buildApp } from '../../app/app.ts'
import { checkConfig } from '../../app/config/load.ts'
import { cookiePrefix } from '../../app/plugins/cookies.ts'
import { build, member, start, visitor } from '../support/app.ts'
import { embedded } from '../support/engines.ts'
import { ask } from '../support/polls.ts'

const site = (publicUrl: string) => ({ server: { publicUrl } })

describe('plugins/cookies', () => {
  const names: Array<[publicUrl: string | null, configured: string | null, prefix: string]> = [
    [null, null, ''],
    ['https://vote.example.org', null, ''],
    ['https://vote.example.org:443/', null, ''],
    ['http://vote.example.org:8080', null, '8080_'],
    ['https://example.org/vote/', null, 'vote_'],
    ['https://example.org:8443/a/b.c~d', null, '8443_a_b-c-d_'],
    ['https://example.org/vote/', '', ''],
    [null, 'school-', 'school-']
  ]
  for (const [publicUrl, configured, prefix] of names) {
    test(`${publicUrl}, configured ${configured}: "${prefix}"`, () => {
      assert.equal(cookiePrefix({ publicUrl, cookiePrefix: configured }), prefix)
    })
  }

  test('a session cookie of another program is neither used nor removed', async t => {
    const app = await build(t, embedded)
    for (const value of ['django-session', 's%3Aconnect.sid', 'a.b', '']) {
      const answer = await app.inject({ url: '/questions', cookies: { sessionid: value } })
      assert.equal(answer.statusCode, 200)
      assert.deepEqual(
        answer.cookies.filter(({ name }) => name === 'sessionid'),
        [],
        value
      )
    }
  })

  describe('another application on the host name has cookies of our names, which browsers send first', () => {
    const foreign = 'sessionid=django123; browser=theirs.x; accounts=1; theme=classic; locale=xx_YY'
    const send = (
      app: Awaited<ReturnType<typeof build>>,
      { cookies }: Pick<ReturnType<typeof visitor>, 'cookies'>,
      options: { url: string; method?: 'PUT'; payload?: object },
      others = foreign
    ) => {
      const own = Array.from(cookies, ([name, value]) => `${name}=${encodeURIComponent(value)}`)
      return app.inject({ ...options, headers: { cookie: [others, ...own].join('; ') } })
    }

    for (const publicUrl of [null, 'https://example.org:8443/']) {
      const prefix = publicUrl ? '8443_' : ''
      const others = foreign.replaceAll(/(^| )/g, `$1${prefix}`)

      test(`${publicUrl}: users stay signed in`, async t => {
        const app = await build(t, embedded, { server: { publicUrl } })
        const ann = await member(app)
        const answer = await send(app, ann, { url: '/account' }, others)
        assert.equal(answer.statusCode, 200)
        assert.equal((await send(app, { cookies: new Map() }, { url: '/account' }, others)).statusCode, 303)
      })

      test(`${publicUrl}: a guest counts once`, async t => {
        const app = await build(t, embedded, { server: { publicUrl } })
        const poll = await ask(app)
        const guest = visitor(app)
        await guest.page(`/questions/${poll.slug}`)
        const url = `/questions/${poll.slug}`
        const page = await send(app, guest, { url }, others)
        assert.deepEqual(page.cookies, [])
        for (const choice of poll.choices.slice(0, 2)) {
          const payload = { choice }
          const answer = await send(app, guest, { method: 'PUT', url: `${url}/vote`, payload }, others)
          assert.equal(answer.statusCode, 200, answer.body)
          for (const { name, value } of answer.cookies) guest.cookies.set(name, value)
        }
        const sql = 'SELECT voters FROM question WHERE id = ?'
        assert.equal((await app.db.fetchone<{ voters: number }>(sql, [poll.id]))!.voters, 1)
      })

      test(`${publicUrl}: theme and language are the chosen ones`, async t => {
        const app = await build(t, embedded, { server: { publicUrl } })
        const cookies = new Map([
          [`${prefix}theme`, 'dark'],
          [`${prefix}locale`, 'de']
        ])
        const { body } = await app.inject({
          url: '/login',
          headers: {
            accept: 'text/html',
            cookie: [others, ...Array.from(cookies, one => one.join('='))].join('; ')
          }
        })
        assert.match(body, /<html lang="de"[^>]*dark/)
      })
    }

    test('many foreign values cost no more than a few checks', async t => {
      const app = await build(t, embedded)
      const ann = await member(app)
      const answer = await send(app, ann, { url: '/account' }, 'sessionid=a.b; '.repeat(8))
      assert.equal(answer.statusCode, 303)
    })
  })

  for (const publicUrl of [null, 'https://example.org:8443/'])
    test(`${publicUrl}: a client may send values in quotes, as Python's http.cookies does`, async t => {
      const app = await build(t, embedded, { server: { publicUrl } })
      const quoted = ({ cookies }: ReturnType<typeof visitor>) =>
        Array.from(cookies, ([name, value]) => `${name}="${value}"`).join('; ')
      const ann = await member(app)
      const account = await app.inject({ url: '/account', headers: { cookie: quoted(ann) } })
      assert.equal(account.statusCode, 200)

      const { slug, choices } = await ask(app)
      const guest = visitor(app)
      await guest.page(`/questions/${slug}`)
      for (const others of ['', 'browser="foreign.x"; ']) {
        const vote = await app.inject({
          method: 'PUT',
          url: `/questions/${slug}/vote`,
          payload: { choice: choices[0] },
          headers: { cookie: others + quoted(guest) }
        })
        assert.equal(vote.statusCode, 200, vote.body)
      }
      const broken = { cookie: 'theme="%zz"; sessionid="; locale=""' }
      assert.equal((await app.inject({ url: '/login', headers: broken })).statusCode, 200)
    })

  test('the first one is logged with what the operator can set, and its value is not', async t => {
    const lines: string[] = []
    const logStream = { write: (line: string) => void lines.push(line) }
    const app = await buildApp(checkConfig({ ...(await embedded.filled(t)), log: { level: 'warn' } }), {
      logStream
    })
    t.after(() => app.close())
    for (let n = 0; n < 3; n++)
      await app.inject({ url: '/questions', cookies: { sessionid: 'django-session' } })
    const [line, ...others] = lines.filter(line => line.includes('server.cookiePrefix'))
    assert.match(line!, /"name":"sessionid".*Set server\.publicUrl or server\.cookiePrefix/)
    assert.deepEqual(others, [])
    assert.ok(!lines.join('').includes('django-session'))
  })

  test('two instances at two ports of a host keep their sessions and their guests apart', async t => {
    const [a, b] = [
      await build(t, embedded, site('http://polls.lan:9000')),
      await build(t, embedded, site('http://polls.lan:9001'))
    ]
    const [onA, onB] = [await member(a), await member(b)]
    const [pollA, pollB] = [await ask(a), await ask(b)]
    // One browser: it sends the cookies of both to both.
    const both = new Map([...onA.cookies, ...onB.cookies])
    const ask2 = (app: typeof a, url: string) => app.inject({ url, cookies: Object.fromEntries(both) })
    assert.equal((await ask2(a, '/account')).statusCode, 200)
    assert.equal((await ask2(b, '/account')).statusCode, 200)

    const guest = visitor(a)
    const vote = (app: typeof a, { slug, choices }: typeof pollA) =>
      app.inject({
        method: 'PUT',
        url: `/questions/${slug}/vote`,
        payload: { choice: choices[0] },
        cookies: Object.fromEntries(guest.cookies)
      })
    for (const [app, poll] of [
      [a, pollA],
      [b, pollB],
      [a, pollA],
      [b, pollB]
    ] as const) {
      const first = await vote(app, poll)
      for (const { name, value } of first.cookies) guest.cookies.set(name, value)
      if (first.statusCode === 403) assert.equal((await vote(app, poll)).statusCode, 200)
    }
    for (const [app, { id }] of [
      [a, pollA],
      [b, pollB]
    ] as const) {
      const row = await app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = ?', [id])
      assert.equal(row!.voters, 1)
    }
  })

  const moves: Array<[from: string | null, to: string | null]> = [
    [null, 'https://example.org:8443/'],
    ['http://localhost:24170', 'http://localhost'],
    ['http://polls.lan:9000', 'http://polls.lan:9001'],
    ['https://example.org/vote/', 'https://example.org/vote/polls/'],
    ['https://example.org:8443/vote/', null]
  ]
  for (const [from, to] of moves)
    test(`moved from ${from} to ${to}: a browser stays the same voter, beside a foreign cookie too`, async t => {
      const config = await embedded.filled(t)
      const before = await start(t, { ...config, server: { publicUrl: from } })
      const poll = await ask(before)
      const guest = visitor(before)
      const body = { choice: poll.choices[0] }
      await guest.put(`/questions/${poll.slug}/vote`, body)
      assert.equal((await guest.put(`/questions/${poll.slug}/vote`, body)).statusCode, 200)
      await before.close()
      const after = await start(t, { ...config, server: { publicUrl: to } })
      const own = Object.fromEntries(guest.cookies)
      for (const others of [[], ['browser'], ['other_browser']]) {
        const again = await after.inject({
          method: 'PUT',
          url: `/questions/${poll.slug}/vote`,
          payload: { choice: poll.choices[1] },
          cookies: { ...Object.fromEntries(others.map(name => [name, 'theirs.x'])), ...own }
        })
        assert.equal(again.statusCode, 200, again.body)
        assert.deepEqual(again.cookies, [])
      }
      const sql = 'SELECT voters FROM question WHERE id = ?'
      assert.equal((await after.db.fetchone<{ voters: number }>(sql, [poll.id]))!.voters, 1)
    })

  test('moved to another port: the warning before a second vote without an account is kept', async t => {
    const config = await embedded.filled(t)
    const before = await start(t, { ...config, ...site('http://polls.lan:9000') })
    const poll = await ask(before)
    const ann = await member(before)
    const vote = { choice: poll.choices[0] }
    assert.equal((await ann.put(`/questions/${poll.slug}/vote`, vote)).statusCode, 200)
    await before.close()
    const after = await start(t, { ...config, ...site('http://polls.lan:9001') })
    const guest = visitor(after)
    for (const [name, value] of ann.cookies) guest.cookies.set(name, value)
    await guest.page(`/questions/${poll.slug}`)
    const again = await guest.put(`/questions/${poll.slug}/vote`, vote)
    assert.equal(again.json<{ error: string }>().error, 'account_voted')
  })
})
