/** /account/webhooks and /questions/:question/webhooks: creating, listing and deleting webhooks. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, visitor } from '../../support/app.ts'
import { changesIn } from '../../support/changes.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask } from '../../support/polls.ts'

const url = 'https://hooks.example.org/x?token=1'
const json = (place: string, payload: unknown) => ({
  method: 'POST' as const,
  url: `${place}/webhooks`,
  payload: payload as object
})

describe('routes/webhooks/webhooks', () => {
  test('the secret is shown once; lists of an account and of a poll are apart', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    for (const place of ['/account', `/questions/${slug}`]) {
      const made = await ann.send(json(place, { url, events: ['poll.closed'], format: 'slack' }))
      assert.equal(made.statusCode, 201)
      const { secret, id, error_code: _code, error_msg: _ok, ...rest } = made.json<Record<string, unknown>>()
      assert.match(String(secret), /^whsec_[A-Za-z0-9+/]{43}=$/)
      assert.deepEqual((await ann.get(`${place}/webhooks`)).json(), { webhooks: [{ id, ...rest }] })
      assert.deepEqual((await ann.get(`${place}/webhooks/${Number(id)}`)).json(), { id, ...rest })
      for (const { body } of [await ann.get(`${place}/webhooks`), await ann.page(`${place}/webhooks`)])
        assert.ok(!body.includes(String(secret)))
      assert.equal((await ann.delete(`${place}/webhooks/${Number(id)}`)).statusCode, 200)
      isEnvelope(await ann.get(`${place}/webhooks/${Number(id)}`), 404, 20075)
    }
  })

  onEngines('a request that is sent twice makes one webhook, with its secret', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    const hook = { url, events: ['poll.closed'] }
    const create = async (place: string, body: object) => {
      const { id, secret } = (await ann.send(json(place, body))).json<{ id: number; secret: string }>()
      return { id, secret }
    }
    const [first, second] = await Promise.all([create('/account', hook), create('/account', hook)])
    assert.deepEqual(second, first)
    const page = await ann.submit('/account/webhooks', hook)
    assert.ok(page.body.includes(first.secret))
    const others = [
      await create(`/questions/${slug}`, hook),
      await create('/account', { ...hook, url: url.replace('/x', '/X') }),
      await create('/account', { ...hook, events: ['poll.opened'] }),
      await create('/account', { ...hook, format: 'slack' })
    ]
    assert.equal(new Set([first, ...others].map(({ id }) => id)).size, 5)
    await app.db.execute("UPDATE webhook SET create_time = '2026-01-01 00:00:00'")
    assert.notEqual((await create('/account', hook)).id, first.id, 'later')
  })

  test('the page lists events in the language of the reader', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const place = '/account/webhooks'
    const events = ['poll.opened', 'poll.closed', 'poll.edited']
    await ann.send(json('/account', { url, events }))
    const shown = async (language: string) => {
      const headers = { accept: 'text/html', 'accept-language': language }
      return (await ann.send({ url: place, headers })).body
    }
    assert.match(await shown('en'), /<small>a poll opens, a poll closes and a poll is edited<\/small>/)
    assert.match(await shown('zh'), /<small>投票开放、投票结束和投票被修改<\/small>/)
    assert.match(await shown('ar'), /<small>يُفتح استطلاع ويُغلق استطلاع ويُعدَّل استطلاع<\/small>/)
  })

  onEngines('pages create and delete webhooks', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    const place = `/questions/${slug}/webhooks`
    const form = fieldsOf((await ann.page(place)).body, place)
    const made = await ann.submit(place, {
      ...form,
      url: `\u202a${url.replace('x', 'x\u200b\u2060\u00ad')}\u202c`,
      format: 'discord'
    })
    assert.equal(made.statusCode, 201)
    assert.match(made.body, /value="whsec_/)
    assert.doesNotMatch(made.body, /"(show_)?locale"/, 'a change of the language would lose it')
    const [, id] = /\/webhooks\/(\d+)"/.exec(made.body)!
    const gone = await ann.submit(`${place}/${id!}`, { act: 'delete' })
    assert.deepEqual([gone.statusCode, gone.headers.location], [303, `${place}?done=deleted#done`])
    assert.match((await ann.page(`${place}?done=deleted`)).body, /id="done"[^]*The webhook is deleted/)
    assert.deepEqual((await ann.get(place)).json(), { webhooks: [] })
  })

  test('wrong input gets 422 with its field', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const events = ['poll.closed']
    const wrong: Array<[unknown, string[]]> = [
      [{ events }, ['url']],
      [{ url: 'hooks.example.org', events }, ['url']],
      [{ url: 'javascript:alert(1)', events }, ['url']],
      [{ url: 7, events }, ['url']],
      [{ url: `https://example.org/${'x'.repeat(1_000)}`, events }, ['url']],
      [{ url: 'http://127.0.0.1/', events }, ['url']],
      [{ url: 'http://0x7f.1/', events }, ['url']],
      [{ url: 'http://[::ffff:10.0.0.1]/', events }, ['url']],
      [{ url: 'https://example.org:8080/', events }, ['url']],
      [{ url: 'https://a:b@example.org/', events }, ['url']],
      [{ url }, ['events']],
      [{ url, events: [] }, ['events']],
      [{ url, events: ['poll.exploded'] }, ['events']],
      [{ url, events, format: 'fax' }, ['format']],
      [null, ['body']]
    ]
    for (const [payload, fields] of wrong) {
      const headers = { 'content-type': 'application/json' }
      const answer = await ann.send({ ...json('/account', JSON.stringify(payload)), headers })
      isEnvelope(answer, 422, 20005)
      assert.deepEqual(Object.keys(answer.json().fields), fields, JSON.stringify(payload))
    }
    const page = await ann.submit('/account/webhooks', { url: 'http://10.0.0.1/', events })
    assert.equal(page.statusCode, 422)
    assert.match(page.body, /not on the public Internet/)
  })

  onEngines('a deleted poll leaves no webhook', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    await ann.send(json(`/questions/${slug}`, { url, events: ['poll.closed'] }))
    await ann.send(json('/account', { url, events: ['poll.closed'] }))
    assert.equal((await ann.post(`/questions/${slug}/delete`)).statusCode, 200)
    const left = await app.db.select<{ question_id: number | null }>('SELECT question_id FROM webhook')
    assert.deepEqual(
      left.map(webhook => webhook.question_id),
      [null]
    )
  })

  onEngines('only a changed result is told as one', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const poll = { question_text: 'Whom?', audience: 'list', choice_text: ['Ann', 'Bob'] }
    const { slug } = (await ann.send({ method: 'POST', url: '/questions', payload: poll })).json()
    const place = `/questions/${String(slug)}`
    await ann.send(json(place, { url, events: ['tally.changed'] }))
    const told = async () => {
      await changesIn(app.db).sweep()
      return app.db.select<{ payload: string }>('SELECT payload FROM webhook_delivery')
    }
    const invited = await ann.post(`${place}/invitations`, { names: ['Jan', 'Kim'] })
    assert.equal(invited.statusCode, 201, invited.body)
    const [jan, kim] = invited.json<{ invitations: Array<{ id: number; link: string }> }>().invitations
    for (const [act, body] of [
      ['amend', { description: 'By Friday.' }],
      ['suggestions', { suggestions: 'on' }],
      [`invitations/${kim!.id}`, { vote: 'keep' }]
    ] as const) {
      const answer = act.includes('/')
        ? await ann.send({ method: 'DELETE', url: `${place}/${act}`, payload: body })
        : await ann.post(`${place}/${act}`, body)
      assert.equal(answer.statusCode, 200, answer.body)
      assert.deepEqual(await told(), [], act)
    }
    const { choices } = (await ann.get(place)).json<{ choices: Array<{ id: number }> }>()
    const voted = await visitor(app).send({
      method: 'PUT',
      url: `${place}/vote`,
      headers: { authorization: `Invitation ${new URL(jan!.link).searchParams.get('t')!}` },
      payload: { choice: choices[0]!.id }
    })
    assert.equal(voted.statusCode, 200, voted.body)
    const [{ payload }] = (await told()) as [{ payload: string }]
    assert.equal(JSON.parse(payload).data.voters, 1, 'at once: no other event has used up the interval')
  })

  onEngines('others reach no webhook; a limit holds; a deleted account leaves none', async (t, engine) => {
    const app = await build(t, engine)
    await member(app)
    const [ann, eve] = [await member(app), await member(app)]
    const { slug } = await ask(app, { user_id: ann.id })
    const { id } = (await ann.send(json('/account', { url, events: ['poll.closed'] }))).json<{ id: number }>()
    isEnvelope(await eve.get(`/account/webhooks/${id}`), 404, 20075)
    isEnvelope(await eve.delete(`/account/webhooks/${id}`), 404, 20075)
    isEnvelope(await eve.get(`/questions/${slug}/webhooks`), 403, 20025)
    isEnvelope(await ann.get(`/questions/${slug}/webhooks/${id}`), 404, 20075)
    const all = await Promise.all(
      Array.from({ length: 22 }, (_, n) =>
        ann.send(json(`/questions/${slug}`, { url: `${url}&n=${n}`, events: ['poll.closed'] }))
      )
    )
    assert.equal(all.filter(({ statusCode }) => statusCode === 201).length, 20)
    isEnvelope(all.find(({ statusCode }) => statusCode !== 201)!, 409, 20074)
    assert.equal((await ann.post('/account/delete', { current: PASSWORD, votes: 'keep' })).statusCode, 200)
    assert.deepEqual(await app.db.select('SELECT id FROM webhook'), [])
  })
})
