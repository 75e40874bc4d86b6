/** `Authorization: Bearer`: the scopes of every route, and what ends a token. */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { describe, test } from 'node:test'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { isEnvelope } from '../support/answers.ts'
import { build, member, start, type Visitor, visitor } from '../support/app.ts'
import { embedded, onEngines, shared } from '../support/engines.ts'
import { eventuallyMatch } from '../support/eventually.ts'
import { ask, ofDates } from '../support/polls.ts'
import { table } from '../support/table.ts'
import { note } from '../support/secrets.ts'

const ALL = ['read', 'vote', 'manage']

/** Creates a token and returns it with its id. */
async function tokenOf(owner: Visitor, scopes = ALL, expires?: string) {
  const payload = { name: 'Test', scopes, ...(expires && { expires }) }
  const answer = await owner.send({ method: 'POST', url: '/account/tokens', payload })
  assert.equal(answer.statusCode, 201, answer.body)
  const { token, id } = answer.json<{ token: string; id: number }>()
  note('token', token)
  return { token, id }
}

/** A program that sends only this token. */
const program = (app: FastifyInstance, token: string) => (options: InjectOptions) =>
  app.inject({ ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } })

/** The scope of each verb; null where no token is accepted. Every other route takes none. */
const SCOPES: Record<string, Record<string, string>> = {
  '/': { GET: 'read' },
  '/openapi.json': { GET: 'read' },
  '/questions': { GET: 'read', POST: 'manage' },
  '/questions/1': { GET: 'read', POST: 'manage' },
  '/questions/1/choice': { GET: 'read' },
  '/question/1/choice': { GET: 'read' },
  '/questions/1/results': { GET: 'read' },
  '/questions/1/events': { GET: 'read' },
  '/questions/1/present': { GET: 'read', POST: 'manage' },
  '/questions/1/vote': { GET: 'read', PUT: 'vote', POST: 'vote', DELETE: 'vote' },
  '/questions/1/vote/withdraw': { POST: 'vote' },
  '/questions/1/manage': { GET: 'manage' },
  '/questions/1/webhooks': { GET: 'manage', POST: 'manage' },
  '/questions/1/webhooks/1': { GET: 'manage', POST: 'manage', DELETE: 'manage' },
  '/questions/1/timeline': { GET: 'read' },
  '/questions/1/ballots': { GET: 'manage' },
  '/questions/1/quiz': { GET: 'manage', POST: 'manage' },
  '/questions/1/embedding': { GET: 'manage', POST: 'manage' },
  '/questions/1/claim': { POST: 'manage' },
  '/templates': { GET: 'manage', POST: 'manage' },
  '/templates/1': { POST: 'manage', DELETE: 'manage' },
  '/questions/1/duplicate': { POST: 'manage' },
  '/questions/1/amend': { POST: 'manage' },
  '/questions/1/history': { GET: 'read' },
  '/questions/1/outcome': { GET: 'manage', POST: 'manage' },
  '/questions/1/outcome.ics': { GET: 'read' },
  '/questions/1/suggestions': { GET: 'manage', POST: 'manage' },
  '/questions/1/invitations': { GET: 'manage', POST: 'manage' },
  '/questions/1/invitations/1': { POST: 'manage', DELETE: 'manage' },
  '/rooms': { GET: 'manage', POST: 'manage' },
  '/rooms/1': { GET: 'manage', POST: 'manage', DELETE: 'manage' },
  '/rooms/1/active': { POST: 'manage' },
  '/rooms/1/present': { GET: 'manage' },
  '/join': { POST: 'read' },
  '/482913': { GET: 'read' },
  '/join/482913/events': { GET: 'read' },
  '/questions/1/close': { POST: 'manage' },
  '/questions/1/reopen': { POST: 'manage' },
  '/questions/1/delete': { POST: 'manage' }
}

describe('plugins/tokens', () => {
  onEngines(
    'every verb of every route needs its scope, and no other route takes a token',
    async (t, engine) => {
      const app = await build(t, engine)
      const admin = await member(app) // whose tokens administer nothing either
      const programs = await Promise.all(
        ALL.map(async scope => ({ scope, send: program(app, (await tokenOf(admin, [scope])).token) }))
      )
      let count = 0
      for (const { url, allow } of await table(app)) {
        for (const method of allow.filter(verb => verb !== 'OPTIONS') as Array<'GET' | 'POST'>) {
          const wanted = SCOPES[url]?.[method === ('HEAD' as string) ? 'GET' : method]
          for (const { scope, send } of programs) {
            if (scope === wanted) continue
            count++
            const payload = method === 'POST' ? { payload: { choice: 1 } } : {}
            const answer = await send({ method, url, headers: { accept: 'application/json' }, ...payload })
            const what = `${method} ${url} by ${scope}`
            assert.equal(answer.statusCode, 403, what)
            if (method === ('HEAD' as string)) continue
            isEnvelope(answer, 403, wanted === undefined ? 20072 : 20071)
            const challenge = wanted && `Bearer error="insufficient_scope", scope="${wanted}"`
            assert.equal(answer.headers['www-authenticate'], challenge, what)
          }
        }
      }
      assert.ok(count > 150)
    }
  )

  onEngines(
    'a token acts for its account with its scopes, and gets JSON without asking',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const send = program(app, (await tokenOf(ann)).token)
      const payload = { question_text: 'Where to?', choice_text: ['Sea', 'Hills'], audience: 'members' }
      const made = await send({ method: 'POST', url: '/questions', payload })
      assert.equal(made.statusCode, 201)
      const { slug, choices } = made.json<{ slug: string; choices: Array<{ id: number }> }>()
      const vote = {
        method: 'PUT',
        url: `/questions/${slug}/vote`,
        payload: { choice: choices[0]!.id }
      } as const
      const cast = await send(vote)
      assert.deepEqual([cast.statusCode, cast.headers['set-cookie']], [200, undefined])
      for (const path of ['', '/results', '/vote', '/present']) {
        const answer = await send({ url: `/questions/${slug}${path}` })
        assert.match(String(answer.headers['content-type']), /^application\/json/, path)
        assert.equal(answer.headers['cache-control'], 'no-store', path)
      }
      assert.deepEqual((await ann.get(`/questions/${slug}/vote`)).json().choice, [choices[0]!.id])
      const date = await ask(app, { ...ofDates(2), user_id: ann.id, audience: 'members' }, [
        { starts: '2026-12-04', ends: null },
        { starts: '2026-12-05', ends: null }
      ])
      const outcome = `/questions/${date.slug}/outcome`
      assert.equal(
        (await send({ method: 'POST', url: outcome, payload: { choice: date.choices[0] } })).statusCode,
        200
      )
      const file = await send({ url: `${outcome}.ics` })
      assert.deepEqual([file.statusCode, file.body.slice(0, 15)], [200, 'BEGIN:VCALENDAR'])
      const closed = await send({ method: 'POST', url: `/questions/${slug}/close` })
      assert.equal(closed.json().open, false)
    }
  )

  test('a token counts alone: cookies beside it are ignored', async t => {
    const app = await build(t, embedded)
    const [ann, bob] = [await member(app), await member(app)]
    const { slug, choices } = await ask(app, { audience: 'link', user_id: ann.id })
    const { token } = await tokenOf(ann)
    await bob.page(`/questions/${slug}`)
    const headers = { authorization: `Bearer ${token}` }
    await bob.send({
      method: 'PUT',
      url: `/questions/${slug}/vote`,
      headers,
      payload: { choice: choices[1] }
    })
    assert.deepEqual((await ann.get(`/questions/${slug}/vote`)).json().choice, [choices[1]])
    assert.deepEqual((await bob.get(`/questions/${slug}/vote`)).json().choice, [])
    const wrong = await bob.send({ url: '/questions', headers: { authorization: 'Bearer vote_x' } })
    isEnvelope(wrong, 401, 20070)
    const basic = await bob.send({
      url: '/questions',
      headers: { authorization: 'Basic YTpi', accept: '*/*' }
    })
    assert.equal(basic.statusCode, 200, 'the password of a proxy is none of ours')
  })

  test('a token that is empty or malformed is a wrong one, also beside cookies', async t => {
    const app = await build(t, embedded, { site: { guestPolls: true } })
    const ann = await member(app)
    const { token } = await tokenOf(ann)
    for (const authorization of [
      'Bearer',
      `Bearer ${token} x`,
      'Bearer\tvote_x',
      `Bearer=${token}`,
      'bearer "x"'
    ])
      for (const client of [ann, visitor(app)]) {
        const payload = { question_text: 'Where to?', choice_text: ['Sea', 'Hills'] }
        const options = { method: 'POST', url: '/questions', headers: { authorization }, payload } as const
        const refused = await client.send(options)
        isEnvelope(refused, 401, 20070)
        assert.equal(refused.headers['www-authenticate'], 'Bearer error="invalid_token"', authorization)
      }
  })

  test('a token in a query or a body is no token', async t => {
    const app = await build(t, embedded)
    const { token } = await tokenOf(await member(app))
    const guest = visitor(app)
    for (const url of [`/?token=${token}`, `/?access_token=${token}`, `/?authorization=Bearer ${token}`])
      isEnvelope(await guest.get(encodeURI(url)), 401, 20006)
    isEnvelope(await guest.post('/questions', { question_text: 'x', access_token: token }), 401, 20006)
  })

  onEngines(
    'wrong, expired and revoked tokens, and those of a disabled owner, get 401',
    async (t, engine) => {
      const app = await build(t, engine)
      const [admin, ann] = [await member(app), await member(app)]
      const { token, id } = await tokenOf(ann)
      const expired = await tokenOf(ann, ALL, '2099-12-31')
      await app.db.execute('UPDATE token SET expires_time = ? WHERE id = ?', [
        '2026-01-01 00:00:00',
        expired.id
      ])
      const isRefused = async (wrong: string, url = '/') => {
        const answer = await program(app, wrong)({ url })
        isEnvelope(answer, 401, 20070)
        assert.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"')
      }
      for (const wrong of [
        '',
        'x',
        token.slice(0, -1),
        `${token}x`,
        token.toUpperCase(),
        `vote_${'a'.repeat(43)}`
      ])
        await isRefused(wrong)
      await isRefused(expired.token)
      await isRefused(expired.token, '/questions/1/choice')
      const works = async () => (await program(app, token)({ url: '/' })).statusCode
      assert.equal(await works(), 200)
      await admin.submit(`/admin/users/${ann.id}`, { act: 'disable' })
      await isRefused(token)
      await admin.submit(`/admin/users/${ann.id}`, { act: 'enable' })
      assert.equal(await works(), 200)
      await app.tokens.revoke(ann.id, id)
      await isRefused(token)
    }
  )

  onEngines(
    'a token that one replica revokes is refused by the other with the next request',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const [one, two] = [await start(t, tree), await start(t, tree)]
      const ann = await member(one)
      for (let round = 0; round < 5; round++) {
        const { token, id } = await tokenOf(ann)
        assert.equal((await program(two, token)({ url: '/' })).statusCode, 200)
        assert.equal((await ann.delete(`/account/tokens/${id}`)).statusCode, 200)
        assert.equal((await program(two, token)({ url: '/' })).statusCode, 401)
      }
    },
    shared
  )

  onEngines('guesses from one address end in 429; a valid token still works there', async (t, engine) => {
    const app = await build(t, engine, { limits: { wrongTokens: { most: 20, seconds: 3_600 } } })
    const { token } = await tokenOf(await member(app))
    const remoteAddress = `10.${randomInt(256)}.${randomInt(256)}.1` // the tests share a Redis
    const counts = new Map<number, number>()
    for (let n = 0; n < 200; n++) {
      const guess = `vote_${String(n).padStart(43, 'a')}`
      const { statusCode } = await program(app, guess)({ url: '/', remoteAddress })
      counts.set(statusCode, (counts.get(statusCode) ?? 0) + 1)
    }
    assert.deepEqual(
      [...counts],
      [
        [401, 20],
        [429, 180]
      ]
    )
    assert.equal((await program(app, token)({ url: '/', remoteAddress })).statusCode, 200)
  })

  onEngines(
    'the last use is stored',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const { token, id } = await tokenOf(ann)
      await program(app, token)({ url: '/' })
      const used = async () => {
        const list = await app.tokens.list(ann.id)
        return String(list.find(kept => kept.id === id)?.used_time)
      }
      await eventuallyMatch(used, /^\d{4}-/)
    },
    [embedded]
  )
})
