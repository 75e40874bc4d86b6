/** /embed/:question: a poll in a frame of another site, without session and account. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { toDatabase } from '../../../app/values/time.ts'
import { build, member, type Visitor, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask, change } from '../../support/polls.ts'
import { registered } from '../../support/table.ts'

const server = { publicUrl: 'https://polls.example' }
const blog = 'https://blog.example'

const framing = ({ headers }: Awaited<ReturnType<Visitor['page']>>) => [
  /frame-ancestors ([^;]*)$/.exec(String(headers['content-security-policy']))?.[1],
  headers['x-frame-options']
]
const NOWHERE = ["'none'", 'DENY']

const votersOf = async (app: FastifyInstance, id: number) =>
  (await app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = ?', [id]))!.voters

/** Opens a frame as a browser does that stores its cookie. */
async function frame(app: FastifyInstance, slug: string) {
  const client = visitor(app)
  const first = await client.page(`/embed/${slug}`)
  assert.equal(first.headers.location, `/embed/${slug}?returns=1`)
  return client
}

describe('routes/embed/embed', () => {
  test('a token is refused with JSON, as everywhere, unless Accept names text/html', async t => {
    const app = await build(t, embedded, { server })
    const { slug } = await ask(app, { embed_origins: '*' })
    const refusal = async (accept: string) => {
      const headers = { authorization: 'Bearer vote_x', accept }
      const answer = await visitor(app).send({ url: `/embed/${slug}`, headers })
      return [answer.statusCode, String(answer.headers['content-type']).split(';')[0]]
    }
    assert.deepEqual(await refusal('*/*'), [403, 'application/json'])
    assert.deepEqual(await refusal('text/html'), [403, 'text/html'])
  })

  onEngines(
    'only this address can be framed, and only by the sites that the owner has chosen',
    async (t, engine) => {
      const app = await build(t, engine, { server })
      const [ann, guest] = [await member(app), visitor(app)]
      const [off, on, any] = [
        await ask(app, { user_id: ann.id }),
        await ask(app, { user_id: ann.id, embed_origins: `${blog} http://localhost:81` }),
        await ask(app, { user_id: ann.id, embed_origins: '*' })
      ]
      const refused = await guest.page(`/embed/${off.slug}`)
      assert.deepEqual([refused.statusCode, ...framing(refused)], [403, ...NOWHERE])
      assert.deepEqual(framing(await guest.page(`/embed/${on.slug}`)), [
        `${blog} http://localhost:81`,
        undefined
      ])
      assert.deepEqual(framing(await guest.page(`/embed/${any.slug}`)), ['*', undefined])
      assert.deepEqual(framing(await guest.page('/embed/no-such-poll-here')), NOWHERE)
      await change(app, any.id, { delete_flag: 1 })
      assert.deepEqual(framing(await guest.page(`/embed/${any.slug}`)), NOWHERE)
      for (const { pattern } of await registered(app)) {
        const url = pattern.replace(':question', on.slug).replaceAll(/:\w+(\([^)]*\))?/g, '1')
        if (url === `/embed/${on.slug}`) continue
        for (const client of [guest, ann]) {
          const answer = await client.send({
            url,
            headers: { accept: /events/.test(url) ? 'application/json' : 'text/html' }
          })
          assert.deepEqual(framing(answer), NOWHERE, url)
        }
      }
    }
  )

  test('a vote counts once by a cookie of the frame, which no other site and no other address is sent', async t => {
    const app = await build(t, embedded, { server: { publicUrl: 'https://polls.example/vote' } })
    const poll = await ask(app, { embed_origins: blog })
    const at = `/embed/${poll.slug}`
    const client = visitor(app)
    const first = await client.page(at)
    assert.equal(first.headers.location, `/vote${at}?returns=1`)
    const [cookie] = [first.headers['set-cookie']].flat()
    assert.match(
      String(cookie),
      /^vote_embed=[^;]+; Max-Age=31536000; Path=\/vote\/embed; HttpOnly; Secure; Partitioned; SameSite=None$/
    )
    const page = await client.page(`${at}?returns=1`)
    assert.match(page.body, /<form method="post" target="_self" action="\/vote\/embed/)
    assert.equal(page.headers['set-cookie'], undefined)
    const counted = await client.submit(at, { choice: poll.choices[0], revision: 1 })
    assert.deepEqual([counted.statusCode, counted.headers.location], [303, `/vote${at}#counted`])
    assert.match((await client.page(at)).body, /Your vote for .*Yes.* was counted/)
    assert.match((await client.page(`${at}?change=1`)).body, /value="\d+" checked/)
    await client.submit(at, { choice: poll.choices[1], revision: 1 })
    assert.equal(await votersOf(app, poll.id), 1)
    const rows = await app.db.select<{ voter: string }>('SELECT voter FROM vote WHERE question_id = ?', [
      poll.id
    ])
    assert.deepEqual(
      rows.map(({ voter }) => voter.slice(0, 2)),
      ['b:']
    )
    const elsewhere = await visitor(app).submit(`${at}/withdraw`, {})
    assert.deepEqual([elsewhere.statusCode, await votersOf(app, poll.id)], [303, 1])
    await client.submit(`${at}/withdraw`, {})
    assert.equal(await votersOf(app, poll.id), 0)
    assert.match((await client.page(at)).body, /<form/)
    await client.submit(at, { choice: poll.choices[1], revision: 1 })
    assert.equal(await votersOf(app, poll.id), 1)
    // The cookie of the frame is none of the site, and the other way round.
    const own = visitor(app)
    own.cookies.set('vote_browser', client.cookies.get('vote_embed')!)
    assert.deepEqual((await own.get(`/questions/${poll.slug}/vote`)).json().choice, [])
    const other = visitor(app)
    await other.page(`/questions/${poll.slug}`)
    other.cookies.set('vote_embed', other.cookies.get('vote_browser')!)
    assert.equal((await other.submit(at, { choice: poll.choices[0] })).statusCode, 403)
    assert.equal(await votersOf(app, poll.id), 1)
  })

  onEngines('a frame asks before it withdraws a vote, and says what was done', async (t, engine) => {
    const app = await build(t, engine, { server })
    const { id, slug, choices } = await ask(app, { embed_origins: blog })
    const at = `/embed/${slug}`
    const client = await frame(app, slug)
    const question = `${at}?withdraw=1`
    assert.doesNotMatch((await client.page(question)).body, /Withdraw/, 'there is no vote')
    await client.submit(at, { choice: choices[0], revision: 1 })
    assert.match((await client.page(at)).body, new RegExp(`href="${at}\\?withdraw=1" target="_self"`))
    const asked = await client.page(question)
    assert.deepEqual([asked.statusCode, ...framing(asked)], [200, blog, undefined])
    assert.match(
      asked.body,
      new RegExp(`Withdraw your vote\\?[\\s\\S]*Is it[\\s\\S]*href="${at}"[^>]*>Keep it<`)
    )
    assert.doesNotMatch(asked.body, /_blank/)
    assert.deepEqual(await votersOf(app, id), 1)
    const withdrawn = await client.submit(`${at}/withdraw`, fieldsOf(asked.body, `${at}/withdraw`))
    assert.equal(withdrawn.headers.location, `${at}?done=withdrawn#done`)
    assert.equal(await votersOf(app, id), 0)
    const done = /id="done"[^>]*>.*Your vote is withdrawn: it does not count any more\./
    assert.match((await client.page(`${at}?done=withdrawn`)).body, done)
    await client.submit(at, { choice: choices[1], revision: 1 })
    assert.doesNotMatch((await client.page(`${at}?done=withdrawn`)).body, /id="done"/)
    await change(app, id, { revote: 0 })
    assert.doesNotMatch((await client.page(question)).body, /Withdraw your vote\?/)
  })

  onEngines(
    'where a further vote needs a suggestion, the frame leads to the page of the poll',
    async (t, engine) => {
      const app = await build(t, engine, { server })
      for (const suggestions of ['on', 'review'] as const) {
        const { id, slug, choices } = await ask(app, { embed_origins: blog, suggestions })
        await app.db.execute('UPDATE choice SET capacity = 1 WHERE question_id = ?', [id])
        const at = `/embed/${slug}`
        const first = await frame(app, slug)
        await first.submit(at, { choice: choices[0], revision: 1 })
        const other = await frame(app, slug)
        const open = (await other.page(`${at}?returns=1`)).body
        assert.match(open, /<form/, suggestions)
        await app.ballots.cast({ question: id, voter: 'u:901', choices: [choices[1]!] })
        const { body } = await other.page(`${at}?returns=1`)
        assert.doesNotMatch(body, /<form|This poll is full/, suggestions)
        assert.match(body, /too few options have seats left\. You can suggest one on the poll’s own site\./)
        assert.match(body, new RegExp(`<a href="/questions/${slug}"[^>]*>Vote on this site</a>`))
        const refused = await other.submit(at, { choice: choices[1], revision: 1 })
        assert.deepEqual([refused.statusCode, /<form/.test(refused.body)], [409, false])
        assert.match((await first.page(`${at}?change=1`)).body, /<form/, 'the own seat stays')
      }
    }
  )

  onEngines(
    'without its cookie nothing counts, and the frame says so and leads to the site',
    async (t, engine) => {
      const app = await build(t, engine, { server })
      const poll = await ask(app, { embed_origins: blog })
      const at = `/embed/${poll.slug}`
      for (const url of [`${at}?returns=1`, `${at}?returns=1&change=1`]) {
        const shown = await visitor(app).page(url)
        assert.equal(shown.statusCode, 200)
        assert.match(shown.body, /your browser stores no cookie for it/)
        assert.match(
          shown.body,
          new RegExp(
            `<a href="/questions/${poll.slug}" target="_blank" rel="noopener"[^>]*>Vote on this site</a>`
          )
        )
        assert.match(shown.body, /<table data-bars/)
        assert.doesNotMatch(shown.body, /<form/)
      }
      const answers = await Promise.all(
        [1, 2].map(() => visitor(app).submit(at, { choice: poll.choices[0] }))
      )
      for (const answer of answers) {
        assert.deepEqual([answer.statusCode, ...framing(answer)], [403, blog, undefined])
        assert.match(answer.body, /It was NOT counted/)
        assert.match(answer.body, /You had chosen.*Yes|Yes/)
      }
      const forged = visitor(app)
      forged.cookies.set('embed', 'AAAAAAAAAAAAAAAAAAAAAA.forged')
      assert.equal((await forged.submit(at, { choice: poll.choices[0] })).statusCode, 403)
      assert.equal(await votersOf(app, poll.id), 0)
    }
  )

  onEngines('the session of a signed-in user is not read in a frame', async (t, engine) => {
    const app = await build(t, engine, { server })
    const ann = await member(app)
    const poll = await ask(app, { user_id: ann.id, embed_origins: blog, results: 'after_vote' })
    const secret = await ask(app, { user_id: ann.id, embed_origins: blog, results: 'owner' })
    const members = await ask(app, { user_id: ann.id, embed_origins: blog, audience: 'members' })
    const hidden = await ask(app, { user_id: ann.id, embed_origins: blog, audience: 'members', listed: 0 })
    await ann.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] })
    await ann.page(`/embed/${poll.slug}`)
    const shown = await ann.page(`/embed/${poll.slug}`)
    assert.doesNotMatch(shown.body, /counted|(?<![\w-])Ann(?![\w-])|<table data-bars|data-manage|\/manage/)
    assert.doesNotMatch((await ann.page(`/embed/${secret.slug}`)).body, /<table data-bars/)
    await ann.submit(`/embed/${poll.slug}`, { choice: poll.choices[1] })
    assert.deepEqual((await ann.get(`/questions/${poll.slug}/vote`)).json().choice, [poll.choices[0]])
    assert.equal(await votersOf(app, poll.id), 2)
    const refused = await ann.submit(`/embed/${members.slug}`, { choice: members.choices[0] })
    assert.equal(refused.statusCode, 403)
    assert.match(refused.body, /this poll asks who you are/)
    assert.equal(await votersOf(app, members.id), 0)
    assert.match(String((await ann.page(`/embed/${hidden.slug}`)).headers.location), /^\/login/)
  })

  test('over plain http a frame takes no votes and says why', async t => {
    for (const publicUrl of ['http://polls.example', null]) {
      const app = await build(t, embedded, { server: { publicUrl } })
      const poll = await ask(app, { embed_origins: '*' })
      const client = visitor(app)
      const shown = await client.page(`/embed/${poll.slug}`)
      assert.deepEqual([shown.statusCode, shown.headers['set-cookie']], [200, undefined])
      assert.match(shown.body, /served without https/)
      assert.match(shown.body, /Vote on this site/)
      assert.equal((await client.submit(`/embed/${poll.slug}`, { choice: poll.choices[0] })).statusCode, 403)
      assert.equal(await votersOf(app, poll.id), 0)
    }
  })

  test('a form of the frame is accepted, of any other page refused', async t => {
    const app = await build(t, embedded, { server })
    const poll = await ask(app, { embed_origins: '*' })
    const client = await frame(app, poll.slug)
    const send = (headers: Record<string, string>) =>
      client.send({
        method: 'POST',
        url: `/embed/${poll.slug}`,
        payload: `choice=${poll.choices[0]}`,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'text/html',
          host: 'polls.example',
          ...headers
        }
      })
    const foreign: Array<Record<string, string>> = [
      { 'sec-fetch-site': 'cross-site', origin: blog },
      { 'sec-fetch-site': 'cross-site', origin: 'null' }, // a sandboxed frame
      { 'sec-fetch-site': 'same-site', origin: 'https://evil.polls.example' },
      { origin: blog },
      { origin: 'null' }
    ]
    for (const headers of foreign)
      assert.equal((await send(headers)).statusCode, 403, JSON.stringify(headers))
    assert.equal(await votersOf(app, poll.id), 0)
    // What a frame sends: the origin of its own page, whatever page is around it.
    const own: Array<Record<string, string>> = [
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe', origin: server.publicUrl },
      { origin: server.publicUrl }
    ]
    for (const headers of own) assert.equal((await send(headers)).statusCode, 303, JSON.stringify(headers))
    assert.equal(await votersOf(app, poll.id), 1)
  })

  onEngines('polls of every kind and privacy take the ballots of a frame', async (t, engine) => {
    const app = await build(t, engine, { server })
    const kinds: Array<[Parameters<typeof ask>[1], (ids: number[]) => Record<string, unknown>]> = [
      [{ kind: 'multiple', max_choices: 2 }, ids => ({ choice: ids })],
      [
        { kind: 'answers', min_choices: 2, max_choices: 2 },
        ids => ({ [`value-${ids[0]}`]: 2, [`value-${ids[1]}`]: 0 })
      ],
      [{ kind: 'score', max_choices: 2 }, ids => ({ [`value-${ids[0]}`]: 5 })],
      [{ kind: 'dots', budget: 10, max_choices: 2 }, ids => ({ [`value-${ids[1]}`]: 10 })],
      [{ kind: 'ranked', count_method: 'irv', max_choices: 2 }, ids => ({ [`value-${ids[1]}`]: 1 })],
      [{ privacy: 'public' }, ids => ({ choice: ids[0], name: 'Eve' })],
      [{ privacy: 'anonymous' }, ids => ({ choice: ids[0] })]
    ]
    for (const [settings, ballot] of kinds) {
      const what = JSON.stringify(settings)
      const poll = await ask(app, { ...settings, embed_origins: blog })
      const client = await frame(app, poll.slug)
      const refused = await client.submit(`/embed/${poll.slug}`, {})
      assert.deepEqual([refused.statusCode, ...framing(refused)], [422, blog, undefined], what)
      assert.match(refused.body, /<a href="#choice" target="_self">/, what)
      const counted = await client.submit(`/embed/${poll.slug}`, ballot(poll.choices))
      assert.equal(counted.statusCode, 303, `${what} ${counted.body}`)
      const { body } = await client.page(`/embed/${poll.slug}`)
      assert.match(body, /id="counted"/, what)
      if (settings?.kind === 'ranked') assert.match(body, /<p>1 vote<\/p>/)
      assert.equal(await votersOf(app, poll.id), 1, what)
    }
    const named = await ask(app, { privacy: 'public', embed_origins: blog })
    const client = await frame(app, named.slug)
    const nameless = await client.submit(`/embed/${named.slug}`, { choice: named.choices[0], name: ' ' })
    assert.equal(nameless.statusCode, 422)
    assert.match(nameless.body, /checked/)
  })

  test('a poll that was changed or closed meanwhile refuses the vote in the frame', async t => {
    const app = await build(t, embedded, { server })
    const poll = await ask(app, { embed_origins: blog })
    const client = await frame(app, poll.slug)
    await app.db.execute('UPDATE question SET revision = 2 WHERE id = ?', [poll.id])
    const changed = await client.submit(`/embed/${poll.slug}`, { choice: poll.choices[1], revision: 1 })
    assert.deepEqual([changed.statusCode, ...framing(changed)], [409, blog, undefined])
    assert.match(changed.body, new RegExp(`value="${poll.choices[1]}" checked`))
    await client.submit(`/embed/${poll.slug}`, { choice: poll.choices[0], revision: 2 })
    await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
    const closed = await client.submit(`/embed/${poll.slug}`, { choice: poll.choices[1], revision: 2 })
    assert.deepEqual([closed.statusCode, ...framing(closed)], [409, blog, undefined])
    const late = await client.submit(`/embed/${poll.slug}/withdraw`, {})
    assert.deepEqual([late.statusCode, ...framing(late)], [409, blog, undefined])
    assert.equal(await votersOf(app, poll.id), 1)
    const shown = await visitor(app).page(`/embed/${poll.slug}`)
    assert.deepEqual([shown.statusCode, /<form/.test(shown.body)], [200, false])
  })

  test('a frame tells what was reworded after the vote, which can be kept there, and marks it in a refused form', async t => {
    const app = await build(t, embedded, { server })
    const ann = await member(app)
    const { slug, choices } = await ask(app, { user_id: ann.id, embed_origins: blog }, ['Sea', 'Hills'])
    const at = `/embed/${slug}`
    const client = await frame(app, slug)
    await client.submit(at, { choice: choices[0], revision: 1 })
    assert.doesNotMatch((await client.page(at)).body, /id="changed"/)
    const payload = { choices: [{ id: choices[0], choice_text: 'Seaside' }] }
    const amended = await ann.send({ method: 'POST', url: `/questions/${slug}/amend`, payload })
    assert.equal(amended.statusCode, 200)
    const late = await client.submit(at, { choice: choices[1], revision: 1 })
    assert.equal(late.statusCode, 409)
    assert.match(late.body, /class="changed">Was: “<bdi>Sea</)
    const told = await client.page(at)
    assert.match(told.body, /id="changed"[\s\S]*The option “<bdi>Sea<\/bdi>” was reworded/)
    const keep = fieldsOf(told.body, at)
    assert.deepEqual([Number(keep.choice), Number(keep.revision)], [choices[0], 2])
    assert.equal((await client.submit(at, keep)).statusCode, 303)
    assert.doesNotMatch((await client.page(at)).body, /id="changed"/)
  })

  onEngines(
    'a frame tells what is left of a vote: when it is deleted, and that it is anonymous',
    async (t, engine) => {
      const app = await build(t, engine, { server })
      const poll = await ask(app, { embed_origins: blog, retention_days: 90, privacy: 'anonymous' })
      const client = await frame(app, poll.slug)
      const shown = async () => (await client.page(`/embed/${poll.slug}`)).body
      assert.match(await shown(), /This poll and its votes are deleted 90 days after it closes\./)
      await change(app, poll.id, { closed_time: toDatabase(Date.now()) })
      assert.match(await shown(), /This poll and its votes are deleted on <time /)
      assert.match(await shown(), /This poll was anonymous/)
      const kept = await ask(app, { embed_origins: blog })
      assert.doesNotMatch(
        (await (await frame(app, kept.slug)).page(`/embed/${kept.slug}`)).body,
        /are deleted/
      )
    }
  )

  test('in a tab of its own the frame leads to the page of the poll', async t => {
    const app = await build(t, embedded, { server })
    const poll = await ask(app, { embed_origins: blog })
    const headers = { accept: 'text/html', 'sec-fetch-dest': 'document' }
    const answer = await visitor(app).send({ url: `/embed/${poll.slug}`, headers })
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, `/questions/${poll.slug}`])
  })
})
