/** /, /hello, and the visibility of polls in lists. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'

interface Listed {
  id: number
  voters: number | null
}

describe('/', () => {
  onEngines('a list shows the number of votes only if it is visible without a vote', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    for (const results of ['after_vote', 'after_close', 'owner'] as const) {
      await ask(app, { results, user_id: ann.id })
    }
    const voters = async (who: ReturnType<typeof visitor>) =>
      (await who.get('/questions')).json().questions.map((question: Listed) => question.voters)
    assert.deepEqual(await voters(visitor(app)), [null, null, null, 4, 6, 6])
    assert.deepEqual(await voters(ann), [0, 0, 0, 4, 6, 6])
    const shown = async (who: ReturnType<typeof visitor>, url: string) => {
      const { body } = await who.page(url)
      return [...body.matchAll(/(\d+) votes?<?/g)].map(([, count]) => Number(count))
    }
    const bob = await member(app)
    for (const url of ['/', '/questions']) assert.deepEqual(await shown(bob, url), [4, 6, 6], url)
    assert.deepEqual(await shown(ann, '/questions'), [0, 0, 0, 4, 6, 6])
    assert.deepEqual(await shown(visitor(app), '/login'), [4, 6, 6])
    await app.db.execute(`UPDATE question SET closed_time = '2026-01-01 00:00:00' WHERE user_id = ?`, [
      ann.id
    ])
    assert.deepEqual(await voters(bob), [null, 0, 0, 4, 6, 6], 'a result that is out is told here too')
  })

  onEngines(
    'an unlisted poll is in no list, search or home page of other users, and not found by its id',
    async (t, engine) => {
      const app = await build(t, engine)
      const [ann, bob] = [await member(app), await member(app)]
      for (const audience of ['link', 'members'] as const) {
        const { id, slug } = await ask(app, {
          user_id: ann.id,
          question_text: 'Quite secret?',
          listed: 0,
          audience
        })
        for (const who of [bob, visitor(app)]) {
          for (const url of ['/questions', '/questions?q=secret', '/login', '/']) {
            const answers = [await who.get(url), await who.page(url)]
            for (const { body } of answers) {
              assert.doesNotMatch(body.replace('value="secret"', ''), new RegExp(`Quite secret|${slug}`), url)
            }
          }
          assert.equal((await who.get(`/questions/${id}`)).statusCode, 404)
          assert.equal((await who.get(`/question/${id}/choice`)).statusCode, 404)
        }
        assert.match((await ann.page('/questions?mine=1&q=secret')).body, new RegExp(slug))
      }
    }
  )

  onEngines(
    'the user’s polls show state, votes and closing time, and a search links back to the list',
    async (t, engine) => {
      const app = await build(t, engine, { server: { timeZone: 'Europe/Berlin' } })
      const ann = await member(app)
      const empty = await ann.page('/questions?mine=1')
      assert.match(empty.body, /You have no polls yet\. <a href="\/questions\/new">Ask the first question/)
      await ask(app, {
        user_id: ann.id,
        question_text: 'Open?',
        close_time: '2031-07-01 15:00:00',
        listed: 0
      })
      const closed = await ask(app, { user_id: ann.id, question_text: 'Over?' })
      await ann.put(`/questions/${closed.slug}/vote`, { choice: closed.choices[0] })
      await change(app, closed.id, { closed_time: '2026-01-01 00:00:00' })
      const read = async (url: string) => {
        const { body } = await ann.page(url)
        const items = body.matchAll(/<li>\s+<div class="body">\s+<a href="\/questions\/t.*?<\/li>/gs)
        return [...items].map(([item]) =>
          item
            .replace(/<[^>]+>/g, '')
            .replace(/\s+/g, ' ')
            .trim()
        )
      }
      const lines = [
        'Over? closed Thu, 1 Jan 2026, 01:00 CET 1 vote&nbsp;· listed Manage',
        'Open? closes Tue, 1 Jul 2031, 17:00 CEST 0 votes&nbsp;· not listed Manage'
      ]
      assert.deepEqual(await read('/questions?mine=1'), lines)
      assert.deepEqual(await read('/questions?mine=1&q=over'), lines.slice(0, 1))
      const clear = /<a href="\/questions\?mine=1">Clear search<\/a>/
      assert.match((await ann.page('/questions?mine=1&q=over')).body, clear)
      assert.match((await ann.page('/questions?mine=1&q=nothing')).body, clear)
      assert.match((await ann.page('/questions?after=1')).body, /no older polls/)
    }
  )

  onEngines('the home page shows polls without the user’s vote, then the user’s own', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const own = await ask(app, { user_id: ann.id, question_text: 'Mine?', listed: 0 })
    const closed = await ask(app, { question_text: 'Closed?' })
    await change(app, closed.id, { closed_time: '2026-01-01 00:00:00' })
    const ids = (list: Listed[]) => list.map(({ id }) => id)
    const before = (await ann.get('/')).json()
    assert.deepEqual([ids(before.waiting), ids(before.mine)], [[3, 2, 1], [own.id]])
    await ann.put('/questions/2/vote', { choice: 4 })
    assert.deepEqual(ids((await ann.get('/')).json().waiting), [3, 1])
    await ann.put('/questions/1/vote', { choice: 1 })
    await ann.put('/questions/3/vote', { choice: 7 })
    const page = await ann.page('/')
    assert.match(page.body, /Nothing is waiting for your vote\./)
    assert.match(page.body, /<h2>My polls<\/h2>/)
    assert.equal((await visitor(app).get('/')).statusCode, 401)
    await app.db.execute('UPDATE question SET delete_flag = 1 WHERE listed = 1')
    const empty = await ann.page('/')
    assert.match(empty.body, /No open polls yet\. <a href="\/questions\/new">Ask the first question<\/a>/)
    assert.match(empty.body, /href="\/questions\/new"[^>]*>.*New poll<\/span><\/a>/)
  })

  onEngines('a full poll does not wait for a vote', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const waiting = async () => (await ann.get('/')).json().waiting.map(({ id }: Listed) => id)
    const poll = await ask(app, { max_ballots: 1 })
    const seats = await ask(app, {})
    await app.db.execute('UPDATE choice SET capacity = 1 WHERE question_id = ?', [seats.id])
    assert.deepEqual(await waiting(), [seats.id, poll.id, 3, 2, 1])
    const vote = (question: number, voter: string, choice: number) =>
      app.ballots.cast({ question, voter, choices: [choice] })
    await vote(poll.id, 'u:901', poll.choices[0]!)
    await vote(seats.id, 'u:901', seats.choices[0]!)
    assert.deepEqual(await waiting(), [seats.id, 3, 2, 1])
    await vote(seats.id, 'u:902', seats.choices[1]!)
    assert.deepEqual(await waiting(), [3, 2, 1])
  })

  onEngines('polls wait behind a page of anonymous polls in which the user has voted', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    for (let n = 0; n < 21; n++) {
      const { slug, choices } = await ask(app, { privacy: 'anonymous' })
      assert.equal((await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })).statusCode, 200)
    }
    const { waiting } = (await ann.get('/')).json()
    assert.deepEqual(
      waiting.map(({ id }: Listed) => id),
      [3, 2, 1]
    )
    assert.doesNotMatch((await ann.page('/')).body, /Nothing is waiting|And more/)
  })

  onEngines('a poll in which this browser has voted does not wait for its account', async (t, engine) => {
    const app = await build(t, engine)
    const named = await ask(app)
    const anonymous = await ask(app, { privacy: 'anonymous' })
    const members = await ask(app)
    const [browser, ann, bob] = [visitor(app), await member(app), await member(app)]
    for (const { slug, choices } of [named, anonymous, members]) {
      await browser.page(`/questions/${slug}`)
      assert.equal((await browser.put(`/questions/${slug}/vote`, { choice: choices[0] })).statusCode, 200)
    }
    await change(app, members.id, { audience: 'members' })
    for (const [name, value] of browser.cookies) ann.cookies.set(name, value)
    const waiting = async (user: typeof bob) =>
      (await user.get('/')).json().waiting.map(({ id }: Listed) => id)
    assert.deepEqual(await waiting(ann), [members.id, 3, 2, 1])
    assert.doesNotMatch((await ann.page('/')).body, new RegExp(`${named.slug}|${anonymous.slug}`))
    assert.deepEqual(await waiting(bob), [members.id, anonymous.id, named.id, 3, 2, 1])
  })

  onEngines('the home page for guests introduces the site and lists the open polls', async (t, engine) => {
    const app = await build(t, engine)
    await change(app, 2, { closed_time: '2026-01-01 00:00:00' })
    const sent = await visitor(app).page('/')
    assert.equal(sent.headers.location, '/login?next=%2F')
    assert.match((await visitor(app).page('/login')).body, /Set up this site/)
    await member(app)
    const { body } = await visitor(app).page('/login')
    assert.match(body, /A long walk<\/bdi><span>75%/, 'with the beginning of their results')
    assert.match(body, /name="account".*name="password"/s)
    assert.match(body, /Ask a question, share its link, and see every vote counted once/)
    const links = [...body.matchAll(/href="\/questions\/(sample-\w+)"/g)].map(([, slug]) => slug)
    assert.deepEqual(links, ['sample-weekend', 'sample-language'])
  })

  test('the front door shows of a ranking what leads, and no number without its name', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const settings = { kind: 'ranked', count_method: 'pairs', max_choices: 3 } as const
    const { slug, choices } = await ask(app, settings, ['Sea', 'Hills', 'City'])
    await ann.put(`/questions/${slug}/vote`, { choice: [choices[1]!, choices[0]!] })
    const { body } = await visitor(app).page('/login')
    const card = body.split('class="card"').find(one => one.includes(slug))
    const rows = [...card!.matchAll(/<li>(.*?)<\/li>/g)].map(([, row]) => [
      /width="([^"]*)" h/.exec(row!)![1],
      row!.replace(/<svg.*<\/svg>/, '')
    ])
    assert.deepEqual(rows, [
      ['100%', '<bdi>Hills</bdi>'],
      ['50%', '<bdi>Sea</bdi>'],
      ['0%', '<bdi>City</bdi>']
    ])
  })

  test('/hello answers', async t => {
    const app = await build(t, embedded)
    const answer = await visitor(app).get('/hello')
    assert.deepEqual([answer.statusCode, answer.body], [200, 'Hello Fastify!'])
    assert.match(String(answer.headers['content-type']), /^text\/plain/)
  })
})
